package dev.sallyport.directory;

import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What an organization sees of the permissions: those that are shipped, and the names of its own protected APIs. */
record VisiblePermissions(Permissions permissions, BiPredicate<OrganizationId, Permission> visible) {

    /** What roles are made of. */
    List<Permission> assignable(OrganizationId organization) {
        return seenBy(organization).filter(Permission::isAssignable).toList();
    }

    /** One of them; empty for an id that is none. */
    Optional<Permission> assignable(OrganizationId organization, UUID id) {
        return seenBy(organization)
                .filter(permission ->
                        permission.isAssignable() && permission.id().equals(id))
                .findFirst();
    }

    /** All, with the names that only narrow tokens. */
    List<Permission> withScopes(OrganizationId organization) {
        return seenBy(organization)
                .filter(permission -> permission.isAssignable() || permission.isTokenScope())
                .toList();
    }

    /** What whoever has that role may do. */
    List<Permission> of(OrganizationId organization, Role role) {
        Predicate<Permission> holds = role.managed()
                .<Predicate<Permission>>map(managed -> managed::holds)
                .orElseGet(() -> permission ->
                        permission.isRestricted() || role.permissions().contains(permission.name()));
        return assignable(organization).stream().filter(holds).toList();
    }

    /** What a role gives to whoever has it, beyond what everybody holds. */
    Authority held(OrganizationId organization, Role role) {
        return permissions.matching(permission -> !permission.isHeldByEverybody()
                && isSeenBy(organization, permission)
                && role.managed()
                        .map(managed -> managed.holds(permission))
                        .orElseGet(() -> role.permissions().contains(permission.name())));
    }

    /** What whoever has these roles may do, with what everybody may. */
    Authority heldBy(OrganizationId organization, Set<RoleId> ids, List<Role> all) {
        return all.stream()
                .filter(role -> ids.contains(role.id()))
                .map(role -> held(organization, role))
                .reduce(permissions.matching(Permission::isHeldByEverybody), Authority::union);
    }

    private Stream<Permission> seenBy(OrganizationId organization) {
        return permissions.all().stream().filter(permission -> isSeenBy(organization, permission));
    }

    private boolean isSeenBy(OrganizationId organization, Permission permission) {
        return permission.namespace() == null || visible.test(organization, permission);
    }
}
