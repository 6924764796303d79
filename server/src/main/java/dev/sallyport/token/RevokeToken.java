package dev.sallyport.token;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
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

/** Ends a token for good. */
final class RevokeToken {

    sealed interface Result {
        /** Now or before: asking twice does no harm. */
        record Revoked() implements Result {}

        /** Or out of the caller's sight: the two look alike. */
        record NotFound() implements Result {}
    }

    private final Feed feed;
    private final CredentialStore tokens;
    private final ChangeTrail trail;
    private final Reach reach;
    private final InstantSource clock;

    RevokeToken(Feed feed, CredentialStore tokens, ChangeTrail trail, Reach reach, InstantSource clock) {
        this.feed = feed;
        this.tokens = tokens;
        this.trail = trail;
        this.reach = reach;
        this.clock = clock;
    }

    Result revoke(Caller caller, TokenPath path, CredentialId id) {
        return feed.change(transaction -> tokens.findEver(
                        transaction,
                        caller.organization().id(),
                        id,
                        path.family().kinds())
                .filter(token -> reach.changes(caller, path, token))
                .map(token -> revoke(transaction, caller, token))
                .orElseGet(() -> Outcome.unchanged(new Result.NotFound())));
    }

    private Outcome<Result> revoke(Transaction transaction, Caller caller, StoredCredential token) {
        var organization = caller.organization().id();
        var now = clock.instant();
        if (tokens.revoke(transaction, organization, token.id(), now)) {
            trail.record(
                    transaction,
                    Actor.of(caller),
                    TokenFamily.of(token.kind()).revoked(),
                    new Asset(token.id().toString(), token.name()),
                    Map.of("owner", String.valueOf(token.owner())),
                    now);
        }
        // Also the second time: its answer, too, promises that this node has seen the revocation.
        return Outcome.changed(Credentials.change(organization, token.id()), new Result.Revoked());
    }
}
