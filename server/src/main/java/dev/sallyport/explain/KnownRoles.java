package dev.sallyport.explain;

import dev.sallyport.authentication.Replica;
import dev.sallyport.directory.Directory;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Database;
import java.util.ArrayList;
import java.util.List;

/** Roles as they are now: what they hold is in the replica, their names are in the database. */
final class KnownRoles {

    private final Replica replica;
    private final Permissions permissions;
    private final Directory directory;
    private final Database database;

    KnownRoles(Replica replica, Permissions permissions, Directory directory, Database database) {
        this.replica = replica;
        this.permissions = permissions;
        this.directory = directory;
        this.database = database;
    }

    Roles of(OrganizationId organization) {
        var names = database.reading(transaction -> directory.roleNames(transaction, organization));
        return wanted -> {
            var needed = new ArrayList<Permission>();
            for (var name : wanted) {
                var permission = permissions.named(name);
                if (permission.isEmpty()) {
                    return List.of();
                }
                needed.add(permission.get());
            }
            return replica.rolesHolding(organization, Authority.of(needed)).stream()
                    .filter(names::containsKey)
                    .map(role -> new Roles.Role(role.toString(), names.getOrDefault(role, "")))
                    .toList();
        };
    }
}
