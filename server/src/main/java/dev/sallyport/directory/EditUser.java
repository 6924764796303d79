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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Edits a user or a service account as a caller asks who outranks it, and disables or enables it; or edits the caller itself. */
final class EditUser {

    /** @param disabled null to leave it as it is */
    record Request(
            PrincipalId id,
            UserAttributes attributes,
            @Nullable Boolean disabled) {}

    sealed interface Result {
        record Edited(PrincipalFact user, List<Role> roles) implements Result {}

        record Refused(UserRefusal refusal) implements Result {}
    }

    private final Feed feed;
    private final PrincipalStore users;
    private final InvitationStore invitations;
    private final Bounds bounds;
    private final ChangeRight right;
    private final ChangeStanding standing;
    private final ChangeTrail trail;
    private final InstantSource clock;

    EditUser(
            Feed feed,
            PrincipalStore users,
            InvitationStore invitations,
            Bounds bounds,
            ChangeRight right,
            ChangeStanding standing,
            ChangeTrail trail,
            InstantSource clock) {
        this.feed = feed;
        this.users = users;
        this.invitations = invitations;
        this.bounds = bounds;
        this.right = right;
        this.standing = standing;
        this.trail = trail;
        this.clock = clock;
    }

    /** By what the caller may do to others. */
    Result edit(Caller caller, Request request) {
        return edit(caller, request, right::refusal);
    }

    /** The caller itself, by the permission for one's own profile. The address is what others know it by: others change it. */
    Result editSelf(Caller caller, UserAttributes attributes) {
        var request = new Request(caller.principal().id(), attributes, null);
        return edit(caller, request, (reach, self) -> {
            var email = attributes.email();
            if (email == null || email.equals(self.principal().email())) {
                return Optional.empty();
            }
            return right.managesUsers(reach)
                    ? right.refusal(reach, self)
                    : Optional.of(new UserRefusal.EmailIsManaged());
        });
    }

    private interface Rule {
        Optional<UserRefusal> refusal(Bounds.Reach reach, PrincipalFact target);
    }

    private Result edit(Caller caller, Request request, Rule rule) {
        var problem = request.attributes().problem();
        if (problem.isPresent()) {
            return new Result.Refused(new UserRefusal.Invalid(problem.get()));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> bounds.take(transaction, caller, now)
                .map(reach -> edit(transaction, caller, reach, request, rule, now))
                .orElseGet(() -> refused(new UserRefusal.Denied(new Denial.NoLongerAllowed()))));
    }

    private Outcome<Result> edit(
            Transaction transaction, Caller caller, Bounds.Reach reach, Request request, Rule rule, Instant now) {
        var found = users.find(transaction, reach.organization(), request.id())
                .filter(fact -> fact.principal().state() != Principal.State.REMOVED);
        if (found.isEmpty()) {
            return refused(new UserRefusal.NotFound());
        }
        var before = found.get().principal();
        var refusal = rule.refusal(reach, found.get())
                .or(() -> isTaken(transaction, before, request.attributes().email()))
                // Last, because it writes: whatever is refused after it would be written in part.
                .or(() -> turn(transaction, caller, before, request.disabled(), now));
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        write(transaction, caller, before, request.attributes(), now);
        var after = users.find(transaction, reach.organization(), request.id()).orElseThrow();
        var result = new Result.Edited(after, reach.roles());
        return after.equals(found.get())
                ? Outcome.unchanged(result)
                : Outcome.changed(AddUser.change(after.principal()), result);
    }

    private Optional<UserRefusal> isTaken(Transaction transaction, Principal user, @Nullable String email) {
        return email != null
                        && user.kind() == Principal.Kind.USER
                        && users.isTaken(transaction, user.organization(), email, user.id())
                ? Optional.of(new UserRefusal.EmailTaken())
                : Optional.empty();
    }

    /** Disables or enables where that was asked for and is not so yet. */
    private Optional<UserRefusal> turn(
            Transaction transaction, Caller caller, Principal user, @Nullable Boolean disabled, Instant now) {
        if (disabled == null || disabled == (user.state() == Principal.State.DISABLED)) {
            return Optional.empty();
        }
        var to = disabled ? ChangeStanding.To.DISABLED : ChangeStanding.To.ACTIVE;
        return switch (standing.change(transaction, Actor.of(caller), user.id(), to, now)) {
            // Whoever was invited and has not accepted is not disabled: there is nothing to enable.
            case ChangeStanding.Result.Changed _, ChangeStanding.Result.AlreadySo _ -> Optional.empty();
            case ChangeStanding.Result.LastAdministrator _ -> Optional.of(new UserRefusal.LastAdministrator());
            case ChangeStanding.Result.Unknown _ -> Optional.of(new UserRefusal.NotFound());
        };
    }

    private void write(
            Transaction transaction, Caller caller, Principal before, UserAttributes attributes, Instant now) {
        var name = attributes.name() == null ? before.name() : attributes.name();
        var email = attributes.email() == null ? before.email() : attributes.email();
        var title = UserAttributes.titleOf(attributes.title(), before.title());
        var details = new TreeMap<String, String>();
        note(details, "name", before.name(), name);
        note(details, "email", before.email(), email);
        note(details, "title", String.valueOf(before.title()), String.valueOf(title));
        if (details.isEmpty()) {
            return;
        }
        var edited = new Principal(
                before.id(),
                before.organization(),
                before.kind(),
                email,
                name,
                title,
                before.state(),
                before.epoch(),
                before.owner(),
                before.createdAt(),
                now);
        users.edit(transaction, edited);
        if (details.containsKey("email")) {
            // The invitation was for whoever reads that address.
            invitations.end(transaction, before.organization(), before.id(), now);
        }
        trail.record(
                transaction,
                Actor.of(caller),
                AuditAction.USER_EDITED,
                AddUser.asset(edited),
                Map.copyOf(details),
                now);
    }

    private static void note(Map<String, String> details, String what, String before, String after) {
        if (!before.equals(after)) {
            details.put(what + "_before", before);
            details.put(what, after);
        }
    }

    private static Outcome<Result> refused(UserRefusal refusal) {
        return Outcome.unchanged(new Result.Refused(refusal));
    }
}
