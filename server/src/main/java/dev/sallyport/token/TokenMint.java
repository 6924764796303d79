package dev.sallyport.token;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.Principal;
import dev.sallyport.secret.Pepper;
import dev.sallyport.secret.TokenText;
import dev.sallyport.sql.Transaction;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a token: its id, its text, its row and its place in the trail. What it may be is decided before. */
final class TokenMint {

    /**
     * @param expiresAt null for never
     * @param mostLive how many live tokens of the family the owner may have with this one
     */
    record Order(
            TokenFamily family,
            Principal owner,
            String name,
            List<String> scopes,
            @Nullable Instant expiresAt,
            int mostLive) {}

    private final CredentialStore tokens;
    private final ChangeTrail trail;
    private final Pepper pepper;
    private final String brand;
    private final SecureRandom random;

    TokenMint(CredentialStore tokens, ChangeTrail trail, Pepper pepper, String brand, SecureRandom random) {
        this.tokens = tokens;
        this.trail = trail;
        this.pepper = pepper;
        this.brand = brand;
        this.random = random;
    }

    /** An invitation is nobody's to revoke: with its maker's descendants the token that came of it has to end. */
    private static CredentialId minter(Credential credential) {
        var inviting = credential.kind() == CredentialKind.INVITATION ? credential.mintedBy() : null;
        return inviting == null ? credential.id() : inviting;
    }

    /** The new token; empty if its owner has too many already. */
    Optional<IssuedToken> issue(Transaction transaction, Actor actor, Order order, Instant now) {
        var credential = actor.credential();
        var creator = actor.principal();
        var token = new StoredCredential(
                CredentialId.random(),
                order.owner().organization(),
                order.owner().id(),
                order.family().kind(),
                order.name(),
                Optional.of(order.scopes()),
                List.of(),
                null,
                credential == null ? null : minter(credential),
                creator == null ? null : creator.id(),
                now,
                null,
                null,
                order.expiresAt(),
                null,
                new StoredCredential.State.Active());
        var secret = TokenText.mint(order.family().prefix(brand), token.id().value(), random);
        var digest = TokenText.digest(pepper, secret);
        if (!tokens.insert(transaction, token, order.owner().epoch(), digest, order.mostLive())) {
            return Optional.empty();
        }
        trail.record(
                transaction,
                actor,
                order.family().issued(),
                new Asset(token.id().toString(), token.name()),
                Map.of(
                        "owner", order.owner().id().toString(),
                        "scopes", String.join(" ", order.scopes()),
                        "expires_at",
                                order.expiresAt() == null
                                        ? "never"
                                        : order.expiresAt().toString()),
                now);
        return Optional.of(new IssuedToken(token, secret));
    }
}
