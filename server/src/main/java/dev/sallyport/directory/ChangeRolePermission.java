package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Adds a permission to a custom role, or takes it away. What is so already is left as it is. */
final class ChangeRolePermission {

    enum Direction {
        ADD,
        REMOVE
    }

    record Request(Direction direction, RoleId role, UUID permission) {}

    sealed interface Result {
        record Changed(Role role) implements Result {}

        record UnknownRole() implements Result {}

        record UnknownPermission() implements Result {}

        /** Everybody holds it, whatever the roles. */
        record Restricted() implements Result {}

        record Managed() implements Result {}

        record Denied(Denial denial) implements Result {}
    }

    private final Feed feed;
    private final Bounds bounds;
    private final RoleStore roles;
    private final VisiblePermissions visible;
    private final ChangeTrail trail;
    private final InstantSource clock;

    ChangeRolePermission(
            Feed feed,
            Bounds bounds,
            RoleStore roles,
            VisiblePermissions visible,
            ChangeTrail trail,
            InstantSource clock) {
        this.feed = feed;
        this.bounds = bounds;
        this.roles = roles;
        this.visible = visible;
        this.trail = trail;
        this.clock = clock;
    }

    Result change(Caller caller, Request request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> change(transaction, caller, request, now));
    }

    private Outcome<Result> change(Transaction transaction, Caller caller, Request request, Instant now) {
        var reach = bounds.take(transaction, caller, now).filter(Bounds.Reach::mayManageRoles);
        if (reach.isEmpty()) {
            return Outcome.unchanged(new Result.Denied(new Denial.NoLongerAllowed()));
        }
        var role = reach.get().role(request.role());
        if (role.isEmpty()) {
            return Outcome.unchanged(new Result.UnknownRole());
        }
        var permission = visible.assignable(caller.organization().id(), request.permission());
        if (permission.isEmpty()) {
            return Outcome.unchanged(new Result.UnknownPermission());
        }
        return refusal(reach.get(), request.direction(), role.get(), permission.get())
                .map(Outcome::unchanged)
                .orElseGet(() -> write(transaction, caller, request.direction(), role.get(), permission.get(), now));
    }

    private Optional<Result> refusal(Bounds.Reach reach, Direction direction, Role role, Permission permission) {
        if (role.isManaged()) {
            return Optional.of(new Result.Managed());
        }
        if (permission.isRestricted()) {
            return Optional.of(new Result.Restricted());
        }
        // For less, too, the caller has to reach the whole role: see ChangeRoleMember.
        var wanted = switch (direction) {
            case ADD -> visible.held(reach.organization(), role).union(Authority.of(permission));
            case REMOVE -> visible.held(reach.organization(), role);
        };
        return reach.denial(wanted).map(Result.Denied::new);
    }

    private Outcome<Result> write(
            Transaction transaction,
            Caller caller,
            Direction direction,
            Role role,
            Permission permission,
            Instant now) {
        var organization = caller.organization().id();
        var isChanged = switch (direction) {
            case ADD -> roles.addPermission(transaction, organization, role.id(), permission.name());
            case REMOVE -> roles.removePermission(transaction, organization, role.id(), permission.name());
        };
        if (!isChanged) {
            return Outcome.unchanged(new Result.Changed(role));
        }
        roles.edit(transaction, organization, role.id(), role.name(), now);
        var action = switch (direction) {
            case ADD -> AuditAction.ROLE_PERMISSION_ADDED;
            case REMOVE -> AuditAction.ROLE_PERMISSION_REMOVED;
        };
        trail.record(transaction, Actor.of(caller), action, role.asset(), Map.of("permission", permission.name()), now);
        var after = roles.find(transaction, organization, role.id()).orElseThrow();
        return Outcome.changed(CreateRole.change(organization), new Result.Changed(after));
    }
}
