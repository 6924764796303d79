package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Disables a user or a service account, or removes it for good, as a caller asks who outranks it. */
final class RetireUser {

    private final Feed feed;
    private final PrincipalStore users;
    private final Bounds bounds;
    private final ChangeRight right;
    private final ChangeStanding standing;
    private final InstantSource clock;

    RetireUser(
            Feed feed,
            PrincipalStore users,
            Bounds bounds,
            ChangeRight right,
            ChangeStanding standing,
            InstantSource clock) {
        this.feed = feed;
        this.users = users;
        this.bounds = bounds;
        this.right = right;
        this.standing = standing;
        this.clock = clock;
    }

    /** Empty if it is done. */
    Optional<UserRefusal> disable(Caller caller, PrincipalId id) {
        return retire(caller, id, ChangeStanding.To.DISABLED);
    }

    /** Empty if it is done. */
    Optional<UserRefusal> remove(Caller caller, PrincipalId id) {
        return retire(caller, id, ChangeStanding.To.REMOVED);
    }

    private Optional<UserRefusal> retire(Caller caller, PrincipalId id, ChangeStanding.To to) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> bounds.take(transaction, caller, now)
                .map(reach -> retire(transaction, caller, reach, id, to, now))
                .orElseGet(() -> refused(new UserRefusal.Denied(new Denial.NoLongerAllowed()))));
    }

    private Outcome<Optional<UserRefusal>> retire(
            Transaction transaction,
            Caller caller,
            Bounds.Reach reach,
            PrincipalId id,
            ChangeStanding.To to,
            Instant now) {
        var found = users.find(transaction, reach.organization(), id)
                .filter(fact -> fact.principal().state() != Principal.State.REMOVED);
        if (found.isEmpty()) {
            return refused(new UserRefusal.NotFound());
        }
        var refusal = right.refusal(reach, found.get());
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        return switch (standing.change(transaction, Actor.of(caller), id, to, now)) {
            case ChangeStanding.Result.Changed(var principal) ->
                Outcome.changed(AddUser.change(principal), Optional.empty());
            case ChangeStanding.Result.AlreadySo _ -> refused(new UserRefusal.AlreadyDisabled());
            case ChangeStanding.Result.LastAdministrator _ -> refused(new UserRefusal.LastAdministrator());
            case ChangeStanding.Result.Unknown _ -> refused(new UserRefusal.NotFound());
        };
    }

    private static Outcome<Optional<UserRefusal>> refused(UserRefusal refusal) {
        return Outcome.unchanged(Optional.of(refusal));
    }
}
