package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Disables, enables or removes a principal of the actor's organization. Each raises the epoch: whatever it owned ends, and
 * enabling brings none of it back. Who may do so is asked before.
 */
public final class ChangeStanding {

    /** What becomes of the principal. */
    public enum To {
        DISABLED(AuditAction.USER_DISABLED),
        /** Only one who is disabled; whoever was invited has to accept. */
        ACTIVE(AuditAction.USER_ENABLED),
        /** For good. The e-mail address may then belong to a new user with a new id. */
        REMOVED(AuditAction.USER_REMOVED);

        private final AuditAction action;

        To(AuditAction action) {
            this.action = action;
        }
    }

    public sealed interface Result {
        record Changed(Principal principal) implements Result {}

        /** Disabled or active already. */
        record AlreadySo() implements Result {}

        /** Somebody must be able to let others in. */
        record LastAdministrator() implements Result {}

        /** Of another organization, removed, or never there. */
        record Unknown() implements Result {}
    }

    private final Feed feed;
    private final PrincipalStore principals;
    private final RoleStore roles;
    private final ChangeTrail trail;
    private final InstantSource clock;

    ChangeStanding(Feed feed, PrincipalStore principals, RoleStore roles, ChangeTrail trail, InstantSource clock) {
        this.feed = feed;
        this.principals = principals;
        this.roles = roles;
        this.trail = trail;
        this.clock = clock;
    }

    Result change(Actor actor, PrincipalId id, To to) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> switch (change(transaction, actor, id, to, now)) {
            case Result.Changed changed -> Outcome.changed(AddUser.change(changed.principal()), changed);
            case Result refused -> Outcome.unchanged(refused);
        });
    }

    /** The same within a larger change. Nothing was written unless it changed. */
    Result change(Transaction transaction, Actor actor, PrincipalId id, To to, Instant now) {
        var organization = actor.organization();
        var changed = switch (to) {
            case DISABLED -> principals.retire(transaction, organization, id, Principal.State.DISABLED, now);
            case REMOVED -> principals.retire(transaction, organization, id, Principal.State.REMOVED, now);
            case ACTIVE -> principals.enable(transaction, organization, id, now);
        };
        if (changed.isEmpty()) {
            return refusal(transaction, actor, id, to);
        }
        var principal = changed.get();
        if (to == To.REMOVED) {
            roles.withdrawAll(transaction, organization, id);
        }
        trail.record(transaction, actor, to.action, AddUser.asset(principal), Map.of(), now);
        return new Result.Changed(principal);
    }

    /** Why nothing happened. */
    private Result refusal(Transaction transaction, Actor actor, PrincipalId id, To to) {
        var fact = principals.find(transaction, actor.organization(), id);
        if (fact.isEmpty() || fact.get().principal().state() == Principal.State.REMOVED) {
            return new Result.Unknown();
        }
        var isDisabled = fact.get().principal().state() == Principal.State.DISABLED;
        return switch (to) {
            case DISABLED -> isDisabled ? new Result.AlreadySo() : new Result.LastAdministrator();
            case ACTIVE -> new Result.AlreadySo();
            case REMOVED -> new Result.LastAdministrator();
        };
    }
}
