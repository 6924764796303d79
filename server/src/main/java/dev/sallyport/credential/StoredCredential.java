package dev.sallyport.credential;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A credential as it is stored and as people see it: everything but the proof of its secret.
 *
 * @param owner as whom it acts; null for an API key, which is the organization's
 * @param scopes names of permissions, sorted; empty where it is not narrowed, and whatever its owner holds it may do
 * @param addresses the CIDR ranges that it may come from; empty for anywhere
 * @param lastFour the end of a key, by which people tell keys apart; null for a token
 * @param mintedBy the credential that created it; null where the operator did
 * @param creator the principal that created it; null where the operator did, and for what is older than this fact
 * @param modifiedAt null until first modified
 * @param modifier who modified it last
 * @param expiresAt null for never
 * @param lastUsedAt null until used
 */
public record StoredCredential(
        CredentialId id,
        OrganizationId organization,
        @Nullable PrincipalId owner,
        CredentialKind kind,
        String name,
        Optional<List<String>> scopes,
        List<String> addresses,
        @Nullable String lastFour,
        @Nullable CredentialId mintedBy,
        @Nullable PrincipalId creator,
        Instant createdAt,
        @Nullable Instant modifiedAt,
        @Nullable PrincipalId modifier,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        State state) {

    public sealed interface State {
        record Active() implements State {}

        record Revoked(Instant at) implements State {}
    }

    public StoredCredential {
        scopes = scopes.map(List::copyOf);
        addresses = List.copyOf(addresses);
        if (scopes.isPresent() && scopes.get().isEmpty()) {
            throw new IllegalArgumentException("a credential with scopes has at least one");
        }
    }

    /** Whether it does everything that these scopes would let it do. */
    public boolean isUnscoped() {
        return scopes.isEmpty();
    }

    /** The names, of a credential that must have some. */
    public List<String> scopeNames() {
        return scopes.orElse(List.of());
    }
}
