package dev.sallyport.directory;

import dev.sallyport.audit.Asset;
import dev.sallyport.permission.ManagedRole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A named set of permissions in one organization.
 *
 * @param managed which of the roles that nobody can edit; empty for a custom role
 * @param permissions names, of a custom role: a managed role holds what the catalogue says
 * @param users how many principals hold it, disabled ones too
 */
record Role(
        RoleId id,
        String name,
        Optional<ManagedRole> managed,
        List<String> permissions,
        Instant createdAt,
        Instant modifiedAt,
        long users) {
    Role {
        permissions = List.copyOf(permissions);
    }

    /** A custom role that nobody has yet. */
    static Role custom(String name, List<String> permissions, Instant at) {
        return new Role(RoleId.random(), name, Optional.empty(), permissions, at, at, 0);
    }

    boolean isManaged() {
        return managed.isPresent();
    }

    Asset asset() {
        return new Asset(id.toString(), name);
    }
}
