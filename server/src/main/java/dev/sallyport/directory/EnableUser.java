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

/** Lets a disabled user of the actor's organization in again. What the user owned before stays ended. */
public final class EnableUser {

    public sealed interface Result {
        record Enabled(Principal user) implements Result {}

        record AlreadyActive() implements Result {}

        /** Of another organization, removed, or never there. */
        record UnknownUser() implements Result {}
    }

    private final Feed feed;
    private final PrincipalStore users;
    private final ChangeTrail trail;
    private final InstantSource clock;

    EnableUser(Feed feed, PrincipalStore users, ChangeTrail trail, InstantSource clock) {
        this.feed = feed;
        this.users = users;
        this.trail = trail;
        this.clock = clock;
    }

    Result enable(Actor actor, PrincipalId id) {
        return feed.change(transaction -> enable(transaction, actor, id));
    }

    private Outcome<Result> enable(Transaction transaction, Actor actor, PrincipalId id) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var enabled = users.enable(transaction, actor.organization(), id, now);
        if (enabled.isEmpty()) {
            return Outcome.unchanged(refusal(transaction, actor, id));
        }
        var user = enabled.get();
        trail.record(transaction, actor, AuditAction.USER_ENABLED, AddUser.asset(user), Map.of(), now);
        return Outcome.changed(AddUser.change(user), new Result.Enabled(user));
    }

    /** Why nothing happened. */
    private Result refusal(Transaction transaction, Actor actor, PrincipalId id) {
        return users.find(transaction, actor.organization(), id)
                .filter(fact -> fact.principal().isActive())
                .<Result>map(_ -> new Result.AlreadyActive())
                .orElseGet(Result.UnknownUser::new);
    }
}
