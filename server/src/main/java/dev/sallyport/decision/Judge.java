package dev.sallyport.decision;

import dev.sallyport.audit.AuditId;
import dev.sallyport.audit.DecisionLog;
import dev.sallyport.audit.DecisionLog.Written;
import dev.sallyport.audit.DecisionRecord;
import dev.sallyport.audit.Need;
import dev.sallyport.authentication.Authentication;
import dev.sallyport.authentication.Authenticator;
import dev.sallyport.authentication.Named;
import dev.sallyport.authentication.Replica;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.feed.Feed;
import dev.sallyport.http.RequestHead;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Origin;
import dev.sallyport.limit.Limits;
import dev.sallyport.limit.Standing;
import dev.sallyport.limit.Throttle;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.sql.Micros;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Takes one request through authentication, decision and record, on its event loop.
 *
 * <p>A permit is handed on only when its record is on stable storage; if that cannot be had the call is refused.
 */
public final class Judge {

    private final Authenticator authenticator;
    private final DecisionLog log;
    private final Throttle throttle;
    private final Replica replica;
    private final Permissions permissions;
    private final Feed feed;
    private final InstantSource clock;

    Judge(
            Authenticator authenticator,
            DecisionLog log,
            Throttle throttle,
            Replica replica,
            Permissions permissions,
            Feed feed,
            InstantSource clock) {
        this.authenticator = authenticator;
        this.log = log;
        this.throttle = throttle;
        this.replica = replica;
        this.permissions = permissions;
        this.feed = feed;
        this.clock = clock;
    }

    /**
     * What is asked, as the surface found it.
     *
     * @param query as it was sent; it is read for keys where the operation still takes them there, and never recorded
     */
    public record Call(
            @Nullable ProtectedApi api,
            String apiId,
            Question.Target target,
            String method,
            String path,
            String query) {

        /** Deprecated for years and still sent: the first version of the shipped API takes keys in the query. */
        public boolean takesKeysInQuery() {
            return (apiId.equals(ProtectedApi.DATADOG) || apiId.equals(ProtectedApi.SALLYPORT))
                    && target instanceof Question.Target.Known(var operation)
                    && operation.template().startsWith("/api/v1/");
        }
    }

    /** Hears the outcome, once. */
    public interface Verdict {
        /** How the caller stands with the limits that bind it; heard before the outcome, and only where any does. */
        default void counted(Standing standing) {}

        void permitted(Authentication authentication, Decision.Permit permit, AuditId id);

        void denied(Authentication authentication, Decision.Deny deny, AuditId id);
    }

    /**
     * Called on an event loop.
     *
     * @param head what the caller sent, with every credential it shows
     * @param loop where the verdict is heard: at once, or when the permit is on record
     */
    public void judge(RequestHead head, Executor loop, Call call, Verdict verdict) {
        var nowMicros = Micros.of(clock.instant());
        var authentication = authenticator.authenticate(head, call.takesKeysInQuery() ? call.query() : "", nowMicros);
        var question = new Question(call.api(), call.target(), authentication, feed.isFresh());
        var asked = Decider.decide(question);
        var standing = count(asked, call, nowMicros);
        if (!standing.windows().isEmpty()) {
            verdict.counted(standing);
        }
        var decision = Decider.within(standing, asked);
        var record = record(head.clientAddress(), call, Shown.by(authentication, decision), decision, nowMicros);
        switch (decision) {
            case Decision.Deny deny -> verdict.denied(authentication, deny, note(record, deny));
            case Decision.Permit permit ->
                log.append(record, loop, written -> conclude(written, authentication, permit, verdict));
        }
    }

    /**
     * What was decided of a subject that was named.
     *
     * @param decision what is true at this moment
     * @param settled what may be said: a permit when it is on record, within the time that the log takes at most
     */
    public record Evaluation(
            Authentication authentication, Decision decision, AuditId id, CompletableFuture<Decision> settled) {}

    /**
     * Decides of a subject that is named, not proved, and puts that on record. Many may be asked before the first is waited
     * for: their records go to disk together.
     *
     * @param asker of whose organization the subject is; the record names its credential, or it would read as a call that the
     *     subject made
     */
    public Evaluation evaluate(Caller asker, Named subject, Call call) {
        var nowMicros = Micros.of(clock.instant());
        var organization = asker.organization().id();
        var address = asker.origin().address();
        var authentication = authenticator.named(organization, subject, new Origin(address, ""), nowMicros);
        var decision = Decider.decide(new Question(call.api(), call.target(), authentication, feed.isFresh()));
        var shown = Shown.by(authentication, decision).askedAboutBy(asker);
        var record = record(address, call, shown, decision, nowMicros);
        var settled = new CompletableFuture<Decision>();
        var id = switch (decision) {
            case Decision.Deny deny -> {
                settled.complete(deny);
                // Whoever asks was authenticated, so this is no stranger's noise.
                yield log.note(record);
            }
            case Decision.Permit permit ->
                log.append(record, Runnable::run, written -> settled.complete(settled(written, permit)));
        };
        return new Evaluation(authentication, decision, id, settled);
    }

    private static Decision settled(Written written, Decision.Permit permit) {
        return switch (written) {
            case Written.Durable _, Written.Ahead _ -> permit;
            case Written.Refused _ -> Decider.deny(Reason.TRAIL_UNAVAILABLE, permit.caller());
        };
    }

    /** What {@link #evaluate} would say, for whoever looks for what to ask; nothing is recorded, so nothing may be answered. */
    public Decision foresee(OrganizationId organization, Named subject, Call call, String address) {
        var authentication =
                authenticator.named(organization, subject, new Origin(address, ""), Micros.of(clock.instant()));
        return Decider.decide(new Question(call.api(), call.target(), authentication, feed.isFresh()));
    }

    /**
     * What a call of a caller that was let in a moment ago would be.
     *
     * @param held what its principal holds, the scopes of the credential aside; empty where it is no longer live
     */
    public record Foreseen(Decision decision, Authority held, boolean isScoped) {}

    /** Nothing is counted or recorded: the call does not happen. */
    public Foreseen foresee(Caller caller, Call call) {
        var authentication = authenticator.again(caller, Micros.of(clock.instant()));
        var decision = Decider.decide(new Question(call.api(), call.target(), authentication, feed.isFresh()));
        return authentication instanceof Authentication.Accepted accepted
                ? new Foreseen(decision, accepted.held(), accepted.credential().isScoped())
                : new Foreseen(decision, Authority.NONE, true);
    }

    /** What is decided now of a caller that was let in before. */
    Decision again(Call call, Caller caller) {
        var authentication = authenticator.again(caller, Micros.of(clock.instant()));
        return Decider.decide(new Question(call.api(), call.target(), authentication, feed.isFresh()));
    }

    /** Puts on record that a caller was let in and then refused after all. */
    AuditId note(RequestHead head, Call call, Caller caller, Decision.Deny deny) {
        return note(record(head.clientAddress(), call, new Shown(caller, ""), deny, Micros.of(clock.instant())), deny);
    }

    /** Whoever holds what has ended is a stranger again, and may not fill the log. */
    private AuditId note(DecisionRecord record, Decision.Deny deny) {
        if (deny.reason().isOfStranger()) {
            return log.noteStranger(record);
        }
        var caller = deny.caller();
        // Whoever is over a limit may not fill the log with that either.
        return deny.reason().isOfPace() && caller != null
                ? log.noteFew(record, caller.credential().id().toString())
                : log.note(record);
    }

    /** Every call of a caller that exists here counts, whatever else is decided of it. */
    private Standing count(Decision decision, Call call, long nowMicros) {
        var caller = switch (decision) {
            case Decision.Permit permit -> permit.caller();
            case Decision.Deny deny -> deny.caller();
        };
        if (caller == null || isNeverCounted(call)) {
            return Standing.FREE;
        }
        var organization = caller.organization().id();
        var credential = caller.credential().id();
        // Whoever stole a credential that is bound to addresses may not use up what its organization has.
        return decision instanceof Decision.Deny deny && deny.reason() == Reason.ADDRESS_NOT_ALLOWED
                ? throttle.takeApart(organization, credential, nowMicros)
                : throttle.take(organization, credential, nowMicros);
    }

    private static boolean isNeverCounted(Call call) {
        return call.apiId().equals(ProtectedApi.SALLYPORT)
                && call.target() instanceof Question.Target.Known(var operation)
                && Limits.NEVER_COUNTED.contains(operation.id());
    }

    /**
     * Whom the trail names.
     *
     * @param caller null where no secret was proved
     * @param id of a credential that was shown but not proved, or of the one that asked about somebody; empty where there is
     *     none to name
     */
    private record Shown(@Nullable Caller caller, String id) {

        Shown askedAboutBy(Caller asker) {
            return new Shown(caller, asker.credential().id().toString());
        }

        static Shown by(Authentication authentication, Decision decision) {
            return switch (authentication) {
                case Authentication.Absent _ -> new Shown(null, "");
                case Authentication.Rejected(var _, var _, var id) -> new Shown(null, id == null ? "" : id.toString());
                case Authentication.Ended(var _, var _, var caller) -> new Shown(caller, "");
                case Authentication.Accepted accepted -> accepted(accepted.caller(), decision);
            };
        }

        /** An open operation asks nobody, and to an API that does not admit its organization a caller does not exist. */
        private static Shown accepted(Caller caller, Decision decision) {
            return switch (decision) {
                case Decision.Permit(var permitted) -> new Shown(permitted, "");
                case Decision.Deny(var _, var refused, var _) ->
                    new Shown(
                            refused, refused == null ? caller.credential().id().toString() : "");
            };
        }
    }

    private static void conclude(
            Written written, Authentication authentication, Decision.Permit permit, Verdict verdict) {
        switch (written) {
            case Written.Durable(var id) -> verdict.permitted(authentication, permit, id);
            case Written.Ahead(var id) -> verdict.permitted(authentication, permit, id);
            case Written.Refused(var id, var _) ->
                verdict.denied(authentication, Decider.deny(Reason.TRAIL_UNAVAILABLE, permit.caller()), id);
        }
    }

    /** Null unless authority was what was missing: a permit carries no more than it must. */
    private @Nullable Need need(Call call, Decision decision, @Nullable Caller caller) {
        if (!(decision instanceof Decision.Deny(var _, var _, var missing))
                || missing.isEmpty()
                || caller == null
                || !(call.target() instanceof Question.Target.Known(var operation))
                || !(operation.requirement() instanceof Requirement.Holding(var alternatives))) {
            return null;
        }
        var mentioned = alternatives.stream().reduce(Authority.NONE, Authority::union);
        var held = replica.held(caller.principal().id()).orElse(Authority.NONE);
        return new Need(
                alternatives.stream().map(permissions::namesOf).toList(),
                permissions.namesOf(held.intersect(mentioned)),
                permissions.namesOf(missing));
    }

    private DecisionRecord record(String address, Call call, Shown shown, Decision decision, long nowMicros) {
        return new DecisionRecord(
                nowMicros,
                shown.caller(),
                shown.id(),
                call.apiId(),
                call.target() instanceof Question.Target.Known(var operation) ? operation.id() : "",
                call.method(),
                RecordedPath.of(call),
                decision instanceof Decision.Permit,
                switch (decision) {
                    case Decision.Permit _ -> "allowed";
                    case Decision.Deny(var reason, var _, var _) -> reason.code();
                },
                feed.revision(),
                address,
                need(call, decision, shown.caller()));
    }
}
