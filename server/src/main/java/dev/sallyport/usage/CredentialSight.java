package dev.sallyport.usage;

import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Which live credentials a caller sees: what is its own, and what the routes of each kind and of the inventory would show it. */
final class CredentialSight {

    static final String READING = "org_app_keys_read";
    static final String OWN = "user_app_keys";

    static final Set<CredentialKind> NARROWED = Set.of(
            CredentialKind.PERSONAL_ACCESS_TOKEN, CredentialKind.SERVICE_ACCESS_TOKEN, CredentialKind.APPLICATION_KEY);

    private static final Set<CredentialKind> ALL = Set.of(
            CredentialKind.PERSONAL_ACCESS_TOKEN,
            CredentialKind.SERVICE_ACCESS_TOKEN,
            CredentialKind.APPLICATION_KEY,
            CredentialKind.API_KEY);

    private final CredentialStore credentials = new CredentialStore();
    private final Permission reading;
    private final Permission readingApiKeys;
    private final Permission managingAccounts;

    CredentialSight(Permissions permissions) {
        reading = permissions.require(READING);
        readingApiKeys = permissions.require("api_keys_read");
        managingAccounts = permissions.require("service_account_write");
    }

    /** Empty for what has ended, for what is another organization's, and for what is out of sight: they look alike. */
    Optional<StoredCredential> find(Transaction transaction, Caller caller, CredentialId id, Instant now) {
        return credentials
                .find(transaction, caller.organization().id(), id, ALL)
                .filter(found -> found.expiresAt() == null || found.expiresAt().isAfter(now))
                .filter(found -> sees(caller, found));
    }

    private boolean sees(Caller caller, StoredCredential credential) {
        var authority = caller.authority();
        return switch (credential.kind()) {
            case API_KEY -> authority.holds(reading) && authority.holds(readingApiKeys);
            case SERVICE_ACCESS_TOKEN -> isOthersInSight(caller, credential) || authority.holds(managingAccounts);
            case PERSONAL_ACCESS_TOKEN, APPLICATION_KEY -> isOthersInSight(caller, credential);
            case SETUP_LINK, INVITATION -> false;
        };
    }

    private boolean isOthersInSight(Caller caller, StoredCredential credential) {
        return caller.principal().id().equals(credential.owner())
                || caller.authority().holds(reading);
    }
}
