package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Creates a custom role, from permissions or as a copy of what another role holds. Nobody has it yet. */
final class CreateRole {

    /** Custom roles of one organization. */
    static final int MOST_ROLES = 1_000;

    record Request(String name, Source source) {}

    /** Where the permissions come from. */
    sealed interface Source {
        record Named(List<UUID> permissions) implements Source {
            public Named {
                permissions = List.copyOf(permissions);
            }
        }

        record CopyOf(RoleId role) implements Source {}
    }

    sealed interface Result {
        record Created(Role role) implements Result {}

        record NameRefused(String problem) implements Result {}

        record NameTaken() implements Result {}

        /** The one to copy. */
        record UnknownRole() implements Result {}

        record UnknownPermission() implements Result {}

        record TooManyRoles() implements Result {}

        record Denied(Denial denial) implements Result {}
    }

    private final Feed feed;
    private final Bounds bounds;
    private final RoleStore roles;
    private final VisiblePermissions visible;
    private final ChangeTrail trail;
    private final InstantSource clock;

    CreateRole(
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

    Result create(Caller caller, Request request) {
        var problem = nameProblem(request.name());
        if (problem.isPresent()) {
            return new Result.NameRefused(problem.get());
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> create(transaction, caller, request, now));
    }

    private Outcome<Result> create(Transaction transaction, Caller caller, Request request, Instant now) {
        var taken = bounds.take(transaction, caller, now).filter(Bounds.Reach::mayManageRoles);
        if (taken.isEmpty()) {
            return Outcome.unchanged(new Result.Denied(new Denial.NoLongerAllowed()));
        }
        var reach = taken.get();
        if (reach.roles().stream().filter(role -> !role.isManaged()).count() >= MOST_ROLES) {
            return Outcome.unchanged(new Result.TooManyRoles());
        }
        return switch (request.source()) {
            case Source.Named(var ids) -> {
                var named = named(reach, ids);
                yield named.size() < ids.size()
                        ? Outcome.unchanged(new Result.UnknownPermission())
                        : create(transaction, caller, reach, request.name(), named, now);
            }
            case Source.CopyOf(var id) ->
                reach.role(id)
                        .map(role -> create(
                                transaction,
                                caller,
                                reach,
                                request.name(),
                                visible.of(reach.organization(), role),
                                now))
                        .orElseGet(() -> Outcome.unchanged(new Result.UnknownRole()));
        };
    }

    private List<Permission> named(Bounds.Reach reach, List<UUID> ids) {
        return ids.stream()
                .flatMap(id -> visible.assignable(reach.organization(), id).stream())
                .toList();
    }

    private Outcome<Result> create(
            Transaction transaction,
            Caller caller,
            Bounds.Reach reach,
            String name,
            List<Permission> permissions,
            Instant now) {
        var denial = reach.denial(Authority.of(permissions));
        if (denial.isPresent()) {
            return Outcome.unchanged(new Result.Denied(denial.get()));
        }
        var role = Role.custom(name, grantable(permissions), now);
        if (!roles.insert(transaction, reach.organization(), role)) {
            return Outcome.unchanged(new Result.NameTaken());
        }
        var details = Map.of("permissions", String.join(" ", role.permissions()));
        trail.record(transaction, Actor.of(caller), AuditAction.ROLE_CREATED, role.asset(), details, now);
        return Outcome.changed(change(reach.organization()), new Result.Created(role));
    }

    /** The names that a role is stored with: what everybody holds anyway is not written down. */
    static List<String> grantable(List<Permission> permissions) {
        return permissions.stream()
                .filter(permission -> !permission.isRestricted())
                .map(Permission::name)
                .distinct()
                .sorted()
                .toList();
    }

    static Optional<String> nameProblem(String name) {
        return name.isBlank() ? Optional.of("Role names cannot be only whitespace") : DisplayName.problemWith(name);
    }

    static Change change(OrganizationId organization) {
        return new Change(Directory.ROLES, organization.value(), organization.toString());
    }
}
