package dev.sallyport.directory;

import dev.sallyport.permission.ManagedRole;
import java.time.Instant;

/**
 * A named set of permissions in one organization.
 *
 * @param managed which of the roles that nobody can edit; there are no others so far
 * @param users how many users hold it, disabled ones too
 */
record Role(RoleId id, String name, ManagedRole managed, Instant createdAt, Instant modifiedAt, long users) {}
