package dev.sallyport.token;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bearer credential that acts as its owner until it expires or is revoked. It narrows what its owner may do and never
 * adds to it.
 *
 * @param scopes names of permissions, sorted
 * @param modifiedAt null until first modified
 * @param lastUsedAt null until used
 * @param mintedBy the credential that created it; null where the operator did
 */
public record Token(
        CredentialId id,
        OrganizationId organization,
        PrincipalId owner,
        String name,
        List<String> scopes,
        @Nullable CredentialId mintedBy,
        Instant createdAt,
        @Nullable Instant modifiedAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        State state) {

    public sealed interface State {
        record Active() implements State {}

        record Revoked(Instant at) implements State {}
    }

    public Token {
        scopes = List.copyOf(scopes);
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a token has at least one scope");
        }
    }
}
