package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Renames a custom role or replaces what it holds.
 *
 * <p>Any change needs all that the role holds. A name says to others what they give when they give the role; and whoever could
 * take from the roles of those above would then outrank them.
 */
final class EditRole {

    /**
     * @param name null to keep it
     * @param permissions null to keep them
     */
    record Request(
            RoleId id, @Nullable String name, @Nullable List<UUID> permissions) {}

    sealed interface Result {
        record Edited(Role role) implements Result {}

        record UnknownRole() implements Result {}

        record UnknownPermission() implements Result {}

        record Managed() implements Result {}

        record NameRefused(String problem) implements Result {}

        record NameTaken() implements Result {}

        record Denied(Denial denial) implements Result {}
    }

    private final Feed feed;
    private final Bounds bounds;
    private final RoleStore roles;
    private final VisiblePermissions visible;
    private final ChangeTrail trail;
    private final InstantSource clock;

    EditRole(
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

    Result edit(Caller caller, Request request) {
        var problem = Optional.ofNullable(request.name()).flatMap(CreateRole::nameProblem);
        if (problem.isPresent()) {
            return new Result.NameRefused(problem.get());
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> edit(transaction, caller, request, now));
    }

    private Outcome<Result> edit(Transaction transaction, Caller caller, Request request, Instant now) {
        var taken = bounds.take(transaction, caller, now).filter(Bounds.Reach::mayManageRoles);
        if (taken.isEmpty()) {
            return Outcome.unchanged(new Result.Denied(new Denial.NoLongerAllowed()));
        }
        var reach = taken.get();
        var found = reach.role(request.id());
        if (found.isEmpty()) {
            return Outcome.unchanged(new Result.UnknownRole());
        }
        if (found.get().isManaged()) {
            return Outcome.unchanged(new Result.Managed());
        }
        return switch (edited(reach, request, found.get())) {
            case Edit.Refused(var result) -> Outcome.unchanged(result);
            case Edit.Accepted(var name, var permissions) ->
                write(transaction, caller, found.get(), name, permissions, now);
        };
    }

    private sealed interface Edit {
        record Accepted(String name, List<String> permissions) implements Edit {}

        record Refused(Result result) implements Edit {}
    }

    /** What the role would be, or why the caller may not make it that. */
    private Edit edited(Bounds.Reach reach, Request request, Role role) {
        var name = request.name() == null ? role.name() : request.name();
        var names = role.permissions();
        if (request.permissions() != null) {
            var named = request.permissions().stream()
                    .flatMap(id -> visible.assignable(reach.organization(), id).stream())
                    .toList();
            if (named.size() < request.permissions().size()) {
                return new Edit.Refused(new Result.UnknownPermission());
            }
            names = CreateRole.grantable(named);
        }
        var added = visible.permissions()
                .authorityOf(names)
                .minus(visible.permissions().authorityOf(role.permissions()));
        var isUnchanged = name.equals(role.name()) && names.equals(role.permissions());
        var denial = isUnchanged
                ? Optional.<Denial.Beyond>empty()
                : reach.denial(added.union(visible.held(reach.organization(), role)));
        return denial.<Edit>map(beyond -> new Edit.Refused(new Result.Denied(beyond)))
                .orElse(new Edit.Accepted(name, names));
    }

    private Outcome<Result> write(
            Transaction transaction, Caller caller, Role before, String name, List<String> permissions, Instant now) {
        var organization = caller.organization().id();
        if (name.equals(before.name()) && permissions.equals(before.permissions())) {
            return Outcome.unchanged(new Result.Edited(before));
        }
        if (!roles.edit(transaction, organization, before.id(), name, now)) {
            return Outcome.unchanged(new Result.NameTaken());
        }
        less(before.permissions(), permissions)
                .forEach(gone -> roles.removePermission(transaction, organization, before.id(), gone));
        less(permissions, before.permissions())
                .forEach(come -> roles.addPermission(transaction, organization, before.id(), come));
        var details = Map.of(
                "name_before", before.name(),
                "permissions_before", String.join(" ", before.permissions()),
                "permissions", String.join(" ", permissions));
        var after = roles.find(transaction, organization, before.id()).orElseThrow();
        trail.record(transaction, Actor.of(caller), AuditAction.ROLE_EDITED, after.asset(), details, now);
        return Outcome.changed(CreateRole.change(organization), new Result.Edited(after));
    }

    private static List<String> less(List<String> names, List<String> without) {
        var others = new HashSet<>(without);
        return names.stream().filter(name -> !others.contains(name)).toList();
    }
}
