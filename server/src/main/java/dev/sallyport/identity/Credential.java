package dev.sallyport.identity;

import dev.sallyport.permission.Authority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The public facts of a credential.
 *
 * @param scopes what it is narrowed to
 * @param mintedBy the credential that created it; null for the first of an organization
 */
public record Credential(
        CredentialId id,
        CredentialKind kind,
        String name,
        Authority scopes,
        Instant expiresAt,
        @Nullable CredentialId mintedBy) {}
