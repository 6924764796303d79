package dev.sallyport.directory;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.PrincipalId;
import java.time.Instant;

/** A link with which a user comes in for the first time, once. It replaces an earlier one of the same user. */
record Invitation(CredentialId id, PrincipalId user, Instant createdAt, Instant expiresAt) {}
