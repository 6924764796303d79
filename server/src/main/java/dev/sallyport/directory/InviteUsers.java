package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.secret.OneTimeCode;
import dev.sallyport.secret.Secret;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a link for each of some users, with which the user comes in.
 *
 * <p>Whoever has the link becomes that user, so the caller has to outrank the user; and the first token of the user reaches no
 * further than what the user held now, which the caller could have handed out.
 */
final class InviteUsers {

    static final Duration LIFE = Duration.ofDays(7);

    record Invited(Invitation invitation, Secret code) {}

    sealed interface Result {
        record Done(List<Invited> invited) implements Result {
            public Done {
                invited = List.copyOf(invited);
            }
        }

        record Refused(UserRefusal refusal) implements Result {}
    }

    private final Database database;
    private final PrincipalStore users;
    private final InvitationStore invitations;
    private final Bounds bounds;
    private final ChangeTrail trail;
    private final OneTimeCode code;
    private final InstantSource clock;

    InviteUsers(
            Database database,
            PrincipalStore users,
            InvitationStore invitations,
            Bounds bounds,
            ChangeTrail trail,
            OneTimeCode code,
            InstantSource clock) {
        this.database = database;
        this.users = users;
        this.invitations = invitations;
        this.bounds = bounds;
        this.trail = trail;
        this.code = code;
        this.clock = clock;
    }

    /** All of them or none. */
    Result invite(Caller caller, Set<PrincipalId> ids) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // No replica knows of invitations: there is nothing to tell the feed.
        return database.inTransaction(transaction -> bounds.take(transaction, caller, now)
                .map(reach -> invite(transaction, caller, reach, ids, now))
                .orElseGet(() -> new Result.Refused(new UserRefusal.Denied(new Denial.NoLongerAllowed()))));
    }

    private Result invite(
            Transaction transaction, Caller caller, Bounds.Reach reach, Set<PrincipalId> ids, Instant now) {
        var found = new ArrayList<PrincipalFact>();
        for (var id : ids) {
            var fact = users.find(transaction, reach.organization(), id)
                    .filter(user -> user.principal().state() != Principal.State.REMOVED);
            var refusal = fact.map(user -> refusal(transaction, reach, user, now))
                    .orElseGet(() -> Optional.of(new UserRefusal.NotFound()));
            if (refusal.isPresent()) {
                return new Result.Refused(refusal.get());
            }
            found.add(fact.orElseThrow());
        }
        return new Result.Done(found.stream()
                .map(user -> invite(transaction, caller, reach, user, now))
                .toList());
    }

    private Optional<UserRefusal> refusal(
            Transaction transaction, Bounds.Reach reach, PrincipalFact user, Instant now) {
        return users.isInvitable(transaction, user.principal(), now)
                ? reach.denial(user).map(UserRefusal.Denied::new)
                : Optional.of(new UserRefusal.NotInvitable());
    }

    private Invited invite(
            Transaction transaction, Caller caller, Bounds.Reach reach, PrincipalFact fact, Instant now) {
        var user = fact.principal();
        var invitation = new Invitation(CredentialId.random(), user.id(), now, now.plus(LIFE));
        var secret = code.mint(invitation.id().value());
        var held = reach.visible().heldBy(reach.organization(), fact.roles(), reach.roles());
        invitations.end(transaction, reach.organization(), user.id(), now);
        invitations.insert(
                transaction,
                invitation,
                user,
                reach.visible().permissions().namesOf(held),
                caller.credential().id(),
                code.digest(secret));
        trail.record(
                transaction,
                Actor.of(caller),
                AuditAction.USER_INVITED,
                AddUser.asset(user),
                Map.of(
                        "invitation", invitation.id().toString(),
                        "expires_at", invitation.expiresAt().toString()),
                now);
        return new Invited(invitation, secret);
    }
}
