package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Gives a role to a principal, or takes it away. What is so already is left as it is. */
final class ChangeRoleMember {

    enum Direction {
        ADD,
        REMOVE
    }

    record Request(Direction direction, RoleId role, PrincipalId member) {}

    sealed interface Result {
        record Changed() implements Result {}

        record UnknownRole() implements Result {}

        /** Of another organization, removed, or never there. */
        record UnknownUser() implements Result {}

        /** Somebody must be able to let others in. */
        record LastAdministrator() implements Result {}

        record Denied(Denial denial) implements Result {}
    }

    private final Feed feed;
    private final Bounds bounds;
    private final PrincipalStore users;
    private final RoleStore roles;
    private final ChangeTrail trail;
    private final InstantSource clock;

    ChangeRoleMember(
            Feed feed, Bounds bounds, PrincipalStore users, RoleStore roles, ChangeTrail trail, InstantSource clock) {
        this.feed = feed;
        this.bounds = bounds;
        this.users = users;
        this.roles = roles;
        this.trail = trail;
        this.clock = clock;
    }

    Result change(Caller caller, Request request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> change(transaction, caller, request, now));
    }

    private Outcome<Result> change(Transaction transaction, Caller caller, Request request, Instant now) {
        var organization = caller.organization().id();
        var reach = bounds.take(transaction, caller, now).filter(Bounds.Reach::mayManageRoles);
        if (reach.isEmpty()) {
            return Outcome.unchanged(new Result.Denied(new Denial.NoLongerAllowed()));
        }
        var role = reach.get().role(request.role());
        if (role.isEmpty()) {
            return Outcome.unchanged(new Result.UnknownRole());
        }
        var member = users.find(transaction, organization, request.member())
                .filter(fact -> fact.principal().state() != Principal.State.REMOVED);
        if (member.isEmpty()) {
            return Outcome.unchanged(new Result.UnknownUser());
        }
        // To take it away as well: whoever could strip those above of their roles would then outrank them.
        var denial = reach.get().denial(role.get());
        if (denial.isPresent()) {
            return Outcome.unchanged(new Result.Denied(denial.get()));
        }
        return switch (request.direction()) {
            case ADD -> add(transaction, caller, role.get(), member.get().principal(), now);
            case REMOVE -> remove(transaction, caller, role.get(), member.get(), now);
        };
    }

    private Outcome<Result> add(Transaction transaction, Caller caller, Role role, Principal member, Instant now) {
        return roles.addMember(transaction, caller.organization().id(), role.id(), member.id())
                ? changed(transaction, caller, AuditAction.ROLE_MEMBER_ADDED, role, member, now)
                : Outcome.unchanged(new Result.Changed());
    }

    private Outcome<Result> remove(
            Transaction transaction, Caller caller, Role role, PrincipalFact member, Instant now) {
        if (!member.roles().contains(role.id())) {
            return Outcome.unchanged(new Result.Changed());
        }
        var principal = member.principal();
        return roles.removeMember(transaction, caller.organization().id(), role.id(), principal.id())
                ? changed(transaction, caller, AuditAction.ROLE_MEMBER_REMOVED, role, principal, now)
                : Outcome.unchanged(new Result.LastAdministrator());
    }

    private Outcome<Result> changed(
            Transaction transaction, Caller caller, AuditAction action, Role role, Principal member, Instant now) {
        var details = Map.of("member", member.id().toString(), "email", member.email());
        trail.record(transaction, Actor.of(caller), action, role.asset(), details, now);
        return Outcome.changed(AddUser.change(member), new Result.Changed());
    }
}
