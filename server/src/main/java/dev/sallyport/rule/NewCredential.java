package dev.sallyport.rule;

import dev.sallyport.identity.CredentialKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A credential that somebody asks for.
 *
 * @param scopes names of permissions; empty where it is not narrowed
 * @param expiresAt null where the request does not say
 */
public record NewCredential(
        CredentialKind kind,
        Optional<List<String>> scopes,
        @Nullable Instant expiresAt) {

    public NewCredential {
        scopes = scopes.map(List::copyOf);
    }
}
