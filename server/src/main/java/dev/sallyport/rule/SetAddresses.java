package dev.sallyport.rule;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.Credentials;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds a credential to addresses, or frees it of them. */
final class SetAddresses {

    private static final Set<CredentialKind> KINDS = Set.copyOf(CredentialRules.KINDS);

    /** @param addresses canonical ranges; none for anywhere */
    record Request(CredentialId id, List<String> addresses) {
        Request {
            addresses = List.copyOf(addresses);
        }
    }

    sealed interface Result {
        record Done(CredentialId id, List<String> addresses) implements Result {}

        /** Or out of the caller's sight: the two look alike. */
        record NotFound() implements Result {}

        /** It can do more, or lives longer, than the credential of this request. */
        record BeyondCaller() implements Result {}

        record LocksCallerOut() implements Result {}

        /** Between the decision to let the call in and the change, the caller lost what it was let in by. */
        record NoLongerAllowed() implements Result {}
    }

    private final Feed feed;
    private final RuleStore store;
    private final CredentialStore credentials;
    private final ChangeTrail trail;
    private final Permissions permissions;
    private final Permission own;
    private final Permission others;
    private final Permission serviceAccounts;
    private final Permission apiKeys;
    private final InstantSource clock;

    SetAddresses(
            Feed feed,
            RuleStore store,
            CredentialStore credentials,
            ChangeTrail trail,
            Permissions permissions,
            InstantSource clock) {
        this.feed = feed;
        this.store = store;
        this.credentials = credentials;
        this.trail = trail;
        this.permissions = permissions;
        this.own = permissions.require("user_app_keys");
        this.others = permissions.require("org_app_keys_write");
        this.serviceAccounts = permissions.require("service_account_write");
        this.apiKeys = permissions.require("api_keys_write");
        this.clock = clock;
    }

    Result set(Caller caller, Request request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> set(transaction, caller, request, now));
    }

    private Outcome<Result> set(Transaction transaction, Caller caller, Request request, Instant now) {
        var organization = caller.organization().id();
        // The row is taken before it is read, so that no edit widens it between the check and the change.
        var found = credentials.hold(transaction, organization, request.id())
                ? credentials.find(transaction, organization, request.id(), KINDS)
                : Optional.<StoredCredential>empty();
        return found.filter(credential -> isInReach(caller, credential))
                .map(credential -> set(transaction, caller, credential, request, now))
                .orElseGet(() -> Outcome.unchanged(new Result.NotFound()));
    }

    private boolean isInReach(Caller caller, StoredCredential credential) {
        var authority = caller.authority();
        if (caller.principal().id().equals(credential.owner()) && authority.holds(own)) {
            return true;
        }
        return switch (credential.kind()) {
            case PERSONAL_ACCESS_TOKEN, APPLICATION_KEY -> authority.holds(others);
            case SERVICE_ACCESS_TOKEN -> authority.holds(others) || authority.holds(serviceAccounts);
            case API_KEY -> authority.holds(apiKeys);
            case SETUP_LINK, INVITATION -> false;
        };
    }

    private Outcome<Result> set(
            Transaction transaction, Caller caller, StoredCredential credential, Request request, Instant now) {
        var carried = credentials.live(
                transaction,
                caller.organization().id(),
                caller.credential().id(),
                caller.principal().epoch(),
                now);
        if (carried.isEmpty()) {
            return Outcome.unchanged(new Result.NoLongerAllowed());
        }
        // Binding what was free only takes away. Everything else may let it be used where it was not.
        var mayWiden = !credential.addresses().isEmpty();
        if (mayWiden && credential.kind() != CredentialKind.API_KEY) {
            var isWithin = carried.get().includes(credential.scopes())
                    && isHeld(caller, credential.scopeNames())
                    && !caller.credential().isOutlivedBy(credential.expiresAt());
            if (!isWithin) {
                return Outcome.unchanged(new Result.BeyondCaller());
            }
        }
        var isCallers = credential.id().equals(caller.credential().id());
        if (isCallers
                && !AddressRanges.ofStored(request.addresses())
                        .contain(caller.origin().address())) {
            return Outcome.unchanged(new Result.LocksCallerOut());
        }
        return change(transaction, caller, credential, request, now);
    }

    private boolean isHeld(Caller caller, List<String> names) {
        return names.stream()
                .allMatch(name -> permissions
                        .named(name)
                        .filter(caller.authority()::holds)
                        .isPresent());
    }

    private Outcome<Result> change(
            Transaction transaction, Caller caller, StoredCredential credential, Request request, Instant now) {
        if (!store.setAddresses(
                transaction, credential, request.addresses(), caller.principal().id(), now)) {
            return Outcome.unchanged(new Result.NotFound());
        }
        trail.record(
                transaction,
                Actor.of(caller),
                AuditAction.CREDENTIAL_ADDRESSES_SET,
                new Asset(credential.id().toString(), credential.name()),
                Map.of(
                        "kind", credential.kind().code(),
                        "owner", String.valueOf(credential.owner()),
                        "addresses_before", String.join(" ", credential.addresses()),
                        "addresses", String.join(" ", request.addresses())),
                now);
        return Outcome.changed(
                Credentials.change(credential.organization(), credential.id()),
                new Result.Done(credential.id(), request.addresses()));
    }
}
