package dev.sallyport.token;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.User;
import dev.sallyport.secret.Pepper;
import dev.sallyport.secret.TokenText;
import dev.sallyport.sql.Transaction;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a token: its id, its text, its row and its place in the trail. What it may be is decided before. */
final class TokenMint {

    /** There has been one pepper so far. */
    static final int PEPPER_VERSION = 1;

    /** @param mostLive how many live tokens the owner may have with this one */
    record Order(User owner, String name, List<String> scopes, Instant expiresAt, int mostLive) {}

    private final TokenStore tokens;
    private final ChangeTrail trail;
    private final Pepper pepper;
    private final String prefix;
    private final SecureRandom random;

    TokenMint(TokenStore tokens, ChangeTrail trail, Pepper pepper, String prefix, SecureRandom random) {
        this.tokens = tokens;
        this.trail = trail;
        this.pepper = pepper;
        this.prefix = prefix;
        this.random = random;
    }

    /** The new token; empty if its owner has too many already. */
    Optional<IssuedToken> issue(Transaction transaction, Actor actor, Order order, Instant now) {
        var credential = actor.credential();
        var token = new Token(
                CredentialId.random(),
                order.owner().organization(),
                order.owner().id(),
                order.name(),
                order.scopes(),
                credential == null ? null : credential.id(),
                now,
                null,
                order.expiresAt(),
                null,
                new Token.State.Active());
        var secret = TokenText.mint(prefix, token.id().value(), random);
        var digest = TokenText.digest(pepper, secret);
        if (!tokens.insert(transaction, token, order.owner().epoch(), digest, order.mostLive())) {
            return Optional.empty();
        }
        trail.record(
                transaction,
                actor,
                AuditAction.TOKEN_ISSUED,
                new Asset(token.id().toString(), token.name()),
                Map.of(
                        "owner", token.owner().toString(),
                        "scopes", String.join(" ", token.scopes()),
                        "expires_at", token.expiresAt().toString()),
                now);
        return Optional.of(new IssuedToken(token, secret));
    }
}
