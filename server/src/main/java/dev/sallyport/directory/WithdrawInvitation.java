package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Ends the open invitation of a user. It hands nothing out, so whom the caller outranks is not asked. */
final class WithdrawInvitation {

    private final Database database;
    private final PrincipalStore users;
    private final InvitationStore invitations;
    private final Bounds bounds;
    private final ChangeTrail trail;
    private final InstantSource clock;

    WithdrawInvitation(
            Database database,
            PrincipalStore users,
            InvitationStore invitations,
            Bounds bounds,
            ChangeTrail trail,
            InstantSource clock) {
        this.database = database;
        this.users = users;
        this.invitations = invitations;
        this.bounds = bounds;
        this.trail = trail;
        this.clock = clock;
    }

    /** Empty if none is open now, whether or not one was. */
    Optional<UserRefusal> withdraw(Caller caller, PrincipalId id) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return database.inTransaction(transaction -> bounds.take(transaction, caller, now)
                .map(reach -> withdraw(transaction, caller, id, now))
                .orElseGet(() -> Optional.of(new UserRefusal.Denied(new Denial.NoLongerAllowed()))));
    }

    private Optional<UserRefusal> withdraw(Transaction transaction, Caller caller, PrincipalId id, Instant now) {
        var organization = caller.organization().id();
        var user = users.find(transaction, organization, id)
                .filter(fact -> fact.principal().state() != Principal.State.REMOVED);
        if (user.isEmpty()) {
            return Optional.of(new UserRefusal.NotFound());
        }
        if (invitations.end(transaction, organization, id, now)) {
            trail.record(
                    transaction,
                    Actor.of(caller),
                    AuditAction.INVITATION_WITHDRAWN,
                    AddUser.asset(user.get().principal()),
                    Map.of(),
                    now);
        }
        return Optional.empty();
    }
}
