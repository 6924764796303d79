package dev.sallyport.decision;

import dev.sallyport.audit.AuditId;
import dev.sallyport.authentication.Authentication;
import dev.sallyport.authentication.Carrier;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.http.Exchange;
import dev.sallyport.http.Gate;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Route;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Origin;
import dev.sallyport.limit.Standing;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Lets requests of the management API in: it is a protected API like any other, and its routes are the operations. */
final class ManagementGate implements Gate {

    private final ProtectedApi api;
    private final Judge judge;
    private final Permissions permissions;
    private final LegacyKeys legacyKeys;
    private final Map<String, Question.Target> targets = new HashMap<>();

    ManagementGate(ProtectedApi api, Judge judge, Permissions permissions, LegacyKeys legacyKeys) {
        this.api = api;
        this.judge = judge;
        this.permissions = permissions;
        this.legacyKeys = legacyKeys;
        for (var operation : api.operations().operations()) {
            targets.put(key(operation.method(), operation.template()), new Question.Target.Known(operation));
        }
    }

    private static String key(String method, String template) {
        return method + " " + template;
    }

    @Override
    public void admit(Route route, Exchange exchange, Consumer<Admission> then) {
        judge.judge(exchange, exchange.loop(), call(route, exchange), new Judge.Verdict() {
            private Standing standing = Standing.FREE;

            @Override
            public void counted(Standing now) {
                standing = now;
            }

            @Override
            public void permitted(Authentication authentication, Decision.Permit permit, AuditId id) {
                if (authentication instanceof Authentication.Accepted(var caller, var _, var _, var _)) {
                    var headers = new ArrayList<>(legacyKeys.headersFor(caller));
                    headers.addAll(LimitHeaders.of(standing));
                    then.accept(new Admission.Admitted(onRecord(caller, id), headers));
                }
            }

            @Override
            public void denied(Authentication authentication, Decision.Deny deny, AuditId id) {
                var problem = legacy(problem(route, authentication, deny), deny);
                for (var header : LimitHeaders.of(standing)) {
                    problem = problem.with(header.name(), header.value());
                }
                then.accept(refused(problem, id));
            }
        });
    }

    @Override
    public Admission again(Route route, Exchange exchange, Caller caller) {
        var call = call(route, exchange);
        return switch (judge.again(call, caller)) {
            case Decision.Permit(var now) -> new Admission.Admitted(now == null ? caller : now);
            case Decision.Deny deny ->
                refused(problem(route, Authentication.ABSENT, deny), judge.note(exchange, call, caller, deny));
        };
    }

    private Judge.Call call(Route route, Exchange exchange) {
        var target = targets.get(key(route.method().name(), route.path()));
        if (target == null) {
            throw new IllegalStateException("no operation was made of the route " + route.path());
        }
        return new Judge.Call(api, api.id(), target, exchange.method(), exchange.path(), exchange.rawQuery());
    }

    private static Admission refused(Problem problem, AuditId id) {
        return new Admission.Refused(problem.with(Decision.HEADER, id.toString()));
    }

    /** A refusal that comes after an admission gets these headers from that. */
    private Problem legacy(Problem problem, Decision.Deny deny) {
        var said = problem;
        if (deny.caller() != null) {
            for (var header : legacyKeys.headersFor(deny.caller())) {
                said = said.with(header.name(), header.value());
            }
        }
        return said;
    }

    private static Caller onRecord(Caller caller, AuditId id) {
        return new Caller(
                caller.organization(),
                caller.principal(),
                caller.credential(),
                caller.authority(),
                new Origin(caller.origin().address(), id.toString()));
    }

    private Problem problem(Route route, Authentication authentication, Decision.Deny deny) {
        var reason = deny.reason();
        if (reason == Reason.REPEATED_CREDENTIAL) {
            return Problem.badRequest(reason.code(), reason.explanation() + " Send one.");
        }
        if (reason == Reason.STALE_REPLICA || reason == Reason.TRAIL_UNAVAILABLE) {
            return new Problem(503, reason.code(), reason.explanation()).with("Retry-After", "1");
        }
        if (reason.isOfStranger()) {
            return stranger(route, authentication);
        }
        if (reason.isOfPace()) {
            return new Problem(429, reason.code(), reason.explanation() + " Wait as Retry-After says.");
        }
        if (reason == Reason.API_KEY_ALONE) {
            return unauthorized(Challenge.INVALID_TOKEN);
        }
        return Problem.forbidden(reason.code(), "Forbidden: " + reason.explanation() + missing(deny.missing()))
                .with("WWW-Authenticate", Challenge.insufficientScope(permissions.namesOf(deny.missing())));
    }

    /** By how it was carried and where to, and by nothing that a stranger may not know. */
    private static Problem stranger(Route route, Authentication authentication) {
        var isForApiKey = route.requirement() instanceof Requirement.ApiKey;
        return switch (authentication) {
            case Authentication.Absent _ ->
                isForApiKey
                        ? Problem.forbidden("invalid_credential", "API key required")
                        : unauthorized(Challenge.BEARER);
            case Authentication.Rejected(var _, var carrier, var _) -> stranger(isForApiKey, carrier);
            case Authentication.Ended(var _, var carrier, var _) -> stranger(isForApiKey, carrier);
            case Authentication.Accepted _ -> unauthorized(Challenge.INVALID_TOKEN);
        };
    }

    private static Problem stranger(boolean isForApiKey, Carrier carrier) {
        var isForbidden = carrier == Carrier.KEY_PAIR || (carrier == Carrier.API_KEY && isForApiKey);
        return isForbidden
                ? Problem.forbidden("invalid_credential", "Forbidden")
                : unauthorized(Challenge.INVALID_TOKEN);
    }

    private static Problem unauthorized(String challenge) {
        return new Problem(401, "invalid_credential", "Unauthorized").with("WWW-Authenticate", challenge);
    }

    private String missing(Authority missing) {
        return missing.isEmpty() ? "" : " Missing: " + String.join(", ", permissions.namesOf(missing)) + ".";
    }
}
