package dev.sallyport.directory;

import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.ManagedRole;
import java.util.Optional;

/**
 * What the replica knows of a role.
 *
 * @param managed empty for a custom role
 * @param permissions names of a custom role, a blank between
 */
public record RoleFact(RoleId id, OrganizationId organization, Optional<ManagedRole> managed, String permissions) {}
