package dev.sallyport.identity;

import dev.sallyport.permission.Authority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The public facts of a credential.
 *
 * @param scopes what it is narrowed to; all that its owner holds where it is not narrowed
 * @param expiresAt null for never
 * @param mintedBy the credential that created it; null for the first of an organization
 */
public record Credential(
        CredentialId id,
        CredentialKind kind,
        String name,
        Authority scopes,
        @Nullable Instant expiresAt,
        @Nullable CredentialId mintedBy) {

    /** Whether something that ends then would end later than this does. */
    public boolean isOutlivedBy(@Nullable Instant end) {
        return expiresAt != null && (end == null || end.isAfter(expiresAt));
    }
}
