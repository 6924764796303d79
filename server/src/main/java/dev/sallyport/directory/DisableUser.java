package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Transaction;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Disables a user of the actor's organization. Whatever the user owns ends, and does not come back on enabling. */
public final class DisableUser {

    public sealed interface Result {
        record Disabled(Principal user) implements Result {}

        record AlreadyDisabled() implements Result {}

        /** Somebody must be able to let others in. */
        record LastAdministrator() implements Result {}

        /** Of another organization, removed, or never there. */
        record UnknownUser() implements Result {}
    }

    private final Feed feed;
    private final PrincipalStore users;
    private final ChangeTrail trail;
    private final InstantSource clock;

    DisableUser(Feed feed, PrincipalStore users, ChangeTrail trail, InstantSource clock) {
        this.feed = feed;
        this.users = users;
        this.trail = trail;
        this.clock = clock;
    }

    Result disable(Actor actor, PrincipalId id) {
        return feed.change(transaction -> disable(transaction, actor, id));
    }

    private Outcome<Result> disable(Transaction transaction, Actor actor, PrincipalId id) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var retired = users.retire(transaction, actor.organization(), id, Principal.State.DISABLED, now);
        if (retired.isEmpty()) {
            return Outcome.unchanged(refusal(transaction, actor, id));
        }
        var user = retired.get();
        trail.record(transaction, actor, AuditAction.USER_DISABLED, AddUser.asset(user), Map.of(), now);
        return Outcome.changed(AddUser.change(user), new Result.Disabled(user));
    }

    /** Why nothing happened. */
    private Result refusal(Transaction transaction, Actor actor, PrincipalId id) {
        var fact = users.find(transaction, actor.organization(), id);
        if (fact.isEmpty()) {
            return new Result.UnknownUser();
        }
        return switch (fact.get().principal().state()) {
            case REMOVED -> new Result.UnknownUser();
            case PENDING, DISABLED -> new Result.AlreadyDisabled();
            case ACTIVE -> new Result.LastAdministrator();
        };
    }
}
