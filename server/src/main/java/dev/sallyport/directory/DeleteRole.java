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
import java.util.Map;

/** Deletes a custom role: nobody has it any more. */
final class DeleteRole {

    sealed interface Result {
        record Deleted() implements Result {}

        record UnknownRole() implements Result {}

        record Managed() implements Result {}

        record Denied(Denial denial) implements Result {}
    }

    private final Feed feed;
    private final Bounds bounds;
    private final RoleStore roles;
    private final ChangeTrail trail;
    private final InstantSource clock;

    DeleteRole(Feed feed, Bounds bounds, RoleStore roles, ChangeTrail trail, InstantSource clock) {
        this.feed = feed;
        this.bounds = bounds;
        this.roles = roles;
        this.trail = trail;
        this.clock = clock;
    }

    Result delete(Caller caller, RoleId id) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> delete(transaction, caller, id, now));
    }

    private Outcome<Result> delete(Transaction transaction, Caller caller, RoleId id, Instant now) {
        var reach = bounds.take(transaction, caller, now).filter(Bounds.Reach::mayManageRoles);
        if (reach.isEmpty()) {
            return Outcome.unchanged(new Result.Denied(new Denial.NoLongerAllowed()));
        }
        var role = reach.get().role(id);
        if (role.isEmpty()) {
            return Outcome.unchanged(new Result.UnknownRole());
        }
        if (role.get().isManaged()) {
            return Outcome.unchanged(new Result.Managed());
        }
        // Whoever could strip those above of their roles would then outrank them.
        var denial = reach.get().denial(role.get());
        if (denial.isPresent()) {
            return Outcome.unchanged(new Result.Denied(denial.get()));
        }
        var organization = caller.organization().id();
        roles.delete(transaction, organization, id);
        var details = Map.of(
                "permissions",
                String.join(" ", role.get().permissions()),
                "members",
                String.valueOf(role.get().users()));
        trail.record(
                transaction,
                Actor.of(caller),
                AuditAction.ROLE_DELETED,
                role.get().asset(),
                details,
                now);
        return Outcome.changed(CreateRole.change(organization), new Result.Deleted());
    }
}
