package dev.sallyport.key;

import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Transaction;
import java.util.Optional;
import java.util.Set;

/** Application keys as far as a request may see them. */
final class SightedKeys {

    private static final Set<CredentialKind> APPLICATION_KEY = Set.of(CredentialKind.APPLICATION_KEY);

    private final CredentialStore credentials;
    private final KeyOwnerStore owners;

    SightedKeys(CredentialStore credentials, KeyOwnerStore owners) {
        this.credentials = credentials;
        this.owners = owners;
    }

    /** A live key of somebody in sight; there is no telling why there is none. */
    Optional<StoredCredential> find(
            Transaction transaction, OrganizationId organization, Sight sight, CredentialId id) {
        return credentials.find(transaction, organization, id, APPLICATION_KEY).filter(key -> switch (sight) {
            case Sight.Own(var owner) -> owner.equals(key.owner());
            case Sight.ServiceAccount(var account) ->
                account.equals(key.owner())
                        && owners.serviceAccount(transaction, organization, account)
                                .isPresent();
            case Sight.Everybody() -> true;
        });
    }
}
