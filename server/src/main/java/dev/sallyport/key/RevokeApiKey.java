package dev.sallyport.key;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.Credentials;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.sql.Transaction;
import java.time.InstantSource;
import java.util.Map;

/** Ends an API key for good. The application keys that were shown beside it need another one. */
final class RevokeApiKey {

    sealed interface Result {
        record Revoked() implements Result {}

        /** Never there, or gone: they look alike. */
        record NotFound() implements Result {}
    }

    private final Feed feed;
    private final CredentialStore credentials;
    private final ApiKeyStore keys;
    private final ChangeTrail trail;
    private final InstantSource clock;

    RevokeApiKey(Feed feed, CredentialStore credentials, ApiKeyStore keys, ChangeTrail trail, InstantSource clock) {
        this.feed = feed;
        this.credentials = credentials;
        this.keys = keys;
        this.trail = trail;
        this.clock = clock;
    }

    Result revoke(Caller caller, CredentialId id) {
        return feed.change(
                transaction -> keys.find(transaction, caller.organization().id(), id)
                        .map(key -> revoke(transaction, caller, key))
                        .orElseGet(() -> Outcome.unchanged(new Result.NotFound())));
    }

    private Outcome<Result> revoke(Transaction transaction, Caller caller, ApiKey key) {
        var organization = caller.organization().id();
        var id = key.credential().id();
        var now = clock.instant();
        if (!credentials.revoke(transaction, organization, id, now)) {
            return Outcome.unchanged(new Result.NotFound());
        }
        trail.record(
                transaction,
                Actor.of(caller),
                AuditAction.API_KEY_REVOKED,
                new Asset(id.toString(), key.credential().name()),
                Map.of("category", key.category()),
                now);
        return Outcome.changed(Credentials.change(organization, id), new Result.Revoked());
    }
}
