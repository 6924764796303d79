package dev.sallyport.decision;

import dev.sallyport.audit.AuditId;
import dev.sallyport.audit.DecisionLog;
import dev.sallyport.audit.DecisionLog.Written;
import dev.sallyport.audit.DecisionRecord;
import dev.sallyport.authentication.Authentication;
import dev.sallyport.authentication.Authenticator;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.feed.Feed;
import dev.sallyport.http.Exchange;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Micros;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes one request through authentication, decision and record, on its event loop.
 *
 * <p>A permit is handed on only when its record is on stable storage; if that cannot be had the call is refused.
 */
final class Judge {

    private final Authenticator authenticator;
    private final DecisionLog log;
    private final Feed feed;
    private final InstantSource clock;

    Judge(Authenticator authenticator, DecisionLog log, Feed feed, InstantSource clock) {
        this.authenticator = authenticator;
        this.log = log;
        this.feed = feed;
        this.clock = clock;
    }

    /** What is asked, as the surface found it. */
    record Call(@Nullable ProtectedApi api, String apiId, Question.Target target, String method, String path) {}

    /** Hears the outcome, on the loop of the exchange. */
    interface Verdict {
        void permitted(Authentication authentication, Decision.Permit permit, AuditId id);

        void denied(Decision.Deny deny, AuditId id);
    }

    void judge(Exchange exchange, Call call, Verdict verdict) {
        var nowMicros = Micros.of(clock.instant());
        var authentication = authenticator.authenticate(exchange, nowMicros);
        var question = new Question(call.api(), call.target(), authentication, feed.isFresh());
        var decision = Decider.decide(question);
        var record = record(exchange, call, named(authentication), decision, nowMicros);
        switch (decision) {
            case Decision.Deny deny -> verdict.denied(deny, log.note(record));
            case Decision.Permit permit ->
                log.append(record, exchange.loop(), written -> conclude(written, authentication, permit, verdict));
        }
    }

    /** What is decided now of a caller that was let in before. */
    Decision again(Call call, Caller caller) {
        var authentication = authenticator.again(caller, Micros.of(clock.instant()));
        return Decider.decide(new Question(call.api(), call.target(), authentication, feed.isFresh()));
    }

    /** Puts on record that a caller was let in and then refused after all. */
    AuditId note(Exchange exchange, Call call, Caller caller, Decision.Deny deny) {
        var named = caller.credential().id().toString();
        return log.note(record(exchange, call, named, deny, Micros.of(clock.instant())));
    }

    private static String named(Authentication authentication) {
        return authentication instanceof Authentication.Rejected(var _, var id) && id != null ? id.toString() : "";
    }

    private static void conclude(
            Written written, Authentication authentication, Decision.Permit permit, Verdict verdict) {
        switch (written) {
            case Written.Durable(var id) -> verdict.permitted(authentication, permit, id);
            case Written.Refused(var id, var _) ->
                verdict.denied(Decider.deny(Reason.TRAIL_UNAVAILABLE, permit.caller()), id);
        }
    }

    private DecisionRecord record(Exchange exchange, Call call, String named, Decision decision, long nowMicros) {
        return new DecisionRecord(
                nowMicros,
                switch (decision) {
                    case Decision.Permit(var caller) -> caller;
                    case Decision.Deny(var _, var caller, var _) -> caller;
                },
                named,
                call.apiId(),
                call.target() instanceof Question.Target.Known(var operation) ? operation.id() : "",
                call.method(),
                call.path(),
                decision instanceof Decision.Permit,
                switch (decision) {
                    case Decision.Permit _ -> "allowed";
                    case Decision.Deny(var reason, var _, var _) -> reason.code();
                },
                feed.revision(),
                exchange.clientAddress());
    }
}
