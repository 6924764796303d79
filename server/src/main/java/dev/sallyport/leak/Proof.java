package dev.sallyport.leak;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;

/**
 * What a text was found to be: a credential that was issued here, by its whole secret.
 *
 * @param isLive whether a call with it would be authenticated now; false once it is revoked, has expired, or its owner is gone
 */
public record Proof(OrganizationId organization, CredentialId credential, CredentialKind kind, boolean isLive) {}
