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

/** Removes a user of the actor's organization for good. The e-mail address may then belong to a new user with a new id. */
public final class RemoveUser {

    public sealed interface Result {
        record Removed(Principal user) implements Result {}

        /** Somebody must be able to let others in. */
        record LastAdministrator() implements Result {}

        /** Of another organization, removed, or never there. */
        record UnknownUser() implements Result {}
    }

    private final Feed feed;
    private final PrincipalStore users;
    private final RoleStore roles;
    private final ChangeTrail trail;
    private final InstantSource clock;

    RemoveUser(Feed feed, PrincipalStore users, RoleStore roles, ChangeTrail trail, InstantSource clock) {
        this.feed = feed;
        this.users = users;
        this.roles = roles;
        this.trail = trail;
        this.clock = clock;
    }

    Result remove(Actor actor, PrincipalId id) {
        return feed.change(transaction -> remove(transaction, actor, id));
    }

    private Outcome<Result> remove(Transaction transaction, Actor actor, PrincipalId id) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var retired = users.retire(transaction, actor.organization(), id, Principal.State.REMOVED, now);
        if (retired.isEmpty()) {
            return Outcome.unchanged(refusal(transaction, actor, id));
        }
        var user = retired.get();
        roles.withdrawAll(transaction, actor.organization(), id);
        trail.record(transaction, actor, AuditAction.USER_REMOVED, AddUser.asset(user), Map.of(), now);
        return Outcome.changed(AddUser.change(user), new Result.Removed(user));
    }

    /** Why nothing happened. */
    private Result refusal(Transaction transaction, Actor actor, PrincipalId id) {
        return users.find(transaction, actor.organization(), id)
                .filter(fact -> fact.principal().state() != Principal.State.REMOVED)
                .<Result>map(_ -> new Result.LastAdministrator())
                .orElseGet(Result.UnknownUser::new);
    }
}
