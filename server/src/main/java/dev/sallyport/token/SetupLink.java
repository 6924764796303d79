package dev.sallyport.token;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.secret.Secret;
import java.time.Instant;

/** A link with which an administrator gets a first token, once. The code is what the link carries. */
public record SetupLink(CredentialId id, Secret code, Instant expiresAt) {}
