package dev.sallyport.identity;

import java.time.Instant;

/** A tenant. Nothing of one organization is visible to another. */
public record Organization(OrganizationId id, String name, Instant createdAt) {}
