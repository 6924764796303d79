package dev.sallyport.key;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.Credentials;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.sql.Transaction;
import java.time.InstantSource;
import java.util.Map;

/** Ends an application key for good. */
final class RevokeApplicationKey {

    sealed interface Result {
        record Revoked() implements Result {}

        /** Never there, gone, or out of the caller's sight: they look alike. */
        record NotFound() implements Result {}
    }

    private final Feed feed;
    private final CredentialStore credentials;
    private final SightedKeys sightedKeys;
    private final ChangeTrail trail;
    private final InstantSource clock;

    RevokeApplicationKey(
            Feed feed, CredentialStore credentials, SightedKeys sightedKeys, ChangeTrail trail, InstantSource clock) {
        this.feed = feed;
        this.credentials = credentials;
        this.sightedKeys = sightedKeys;
        this.trail = trail;
        this.clock = clock;
    }

    Result revoke(Caller caller, Sight sight, CredentialId id) {
        return feed.change(transaction -> sightedKeys
                .find(transaction, caller.organization().id(), sight, id)
                .map(key -> revoke(transaction, caller, key))
                .orElseGet(() -> Outcome.unchanged(new Result.NotFound())));
    }

    private Outcome<Result> revoke(Transaction transaction, Caller caller, StoredCredential key) {
        var organization = caller.organization().id();
        var now = clock.instant();
        if (!credentials.revoke(transaction, organization, key.id(), now)) {
            return Outcome.unchanged(new Result.NotFound());
        }
        trail.record(
                transaction,
                Actor.of(caller),
                AuditAction.APPLICATION_KEY_REVOKED,
                new Asset(key.id().toString(), key.name()),
                Map.of("owner", String.valueOf(key.owner()), "legacy", "true"),
                now);
        return Outcome.changed(Credentials.change(organization, key.id()), new Result.Revoked());
    }
}
