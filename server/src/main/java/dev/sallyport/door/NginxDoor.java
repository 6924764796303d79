package dev.sallyport.door;

import dev.sallyport.audit.AuditId;
import dev.sallyport.authentication.Authentication;
import dev.sallyport.authentication.Replica;
import dev.sallyport.catalogue.CanonicalPath;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.decision.Challenge;
import dev.sallyport.decision.Decision;
import dev.sallyport.decision.Judge;
import dev.sallyport.decision.Question;
import dev.sallyport.decision.Reason;
import dev.sallyport.http.Exchange;
import dev.sallyport.http.LoopHandler;
import dev.sallyport.http.Reply;
import dev.sallyport.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /gateway/nginx/{api}}: the door for nginx's {@code auth_request}.
 *
 * <p>Method and path of the original request come from {@code X-Original-Method} and {@code X-Original-URI}, which the gateway
 * overwrites; every other forwarding header may be the client's own and is not read. nginx turns any status but 200, 401 and
 * 403 into 500, so the door answers nothing else.
 */
final class NginxDoor implements LoopHandler {

    private static final String ORIGINAL_METHOD = "X-Original-Method";
    private static final String ORIGINAL_URI = "X-Original-URI";
    private static final String GATEWAY_CREDENTIAL = "Sallyport-Gateway";

    private static final Logger LOG = LoggerFactory.getLogger(NginxDoor.class);

    private final Replica replica;
    private final Judge judge;
    private final IdentityAssertions assertions;
    private final Optional<Secret> gatewayCredential;
    private final InstantSource clock;

    /** @param gatewayCredential what a gateway must show; empty where the door listens on loopback */
    NginxDoor(
            Replica replica,
            Judge judge,
            IdentityAssertions assertions,
            Optional<Secret> gatewayCredential,
            InstantSource clock) {
        this.replica = replica;
        this.judge = judge;
        this.assertions = assertions;
        this.gatewayCredential = gatewayCredential;
        this.clock = clock;
    }

    @Override
    public void handle(Exchange exchange) {
        if (!isGateway(exchange)) {
            exchange.answer(refusal(401, "invalid_gateway", "", null));
            return;
        }
        var apiId = exchange.pathParameter("api");
        var api = replica.api(apiId);
        var call = call(exchange, api, apiId);
        judge.judge(exchange, exchange.loop(), call, new Judge.Verdict() {
            @Override
            public void permitted(Authentication authentication, Decision.Permit permit, AuditId id) {
                exchange.answer(answerTo(authentication, permit, api, id));
            }

            @Override
            public void denied(Authentication authentication, Decision.Deny deny, AuditId id) {
                exchange.answer(refused(deny, id));
            }
        });
    }

    private boolean isGateway(Exchange exchange) {
        if (gatewayCredential.isEmpty()) {
            return true;
        }
        var shown = exchange.headers(GATEWAY_CREDENTIAL);
        return shown.size() == 1
                && MessageDigest.isEqual(
                        shown.getFirst().getBytes(StandardCharsets.UTF_8),
                        gatewayCredential.get().reveal().getBytes(StandardCharsets.UTF_8));
    }

    private static Judge.Call call(Exchange exchange, @Nullable ProtectedApi api, String apiId) {
        var methods = exchange.headers(ORIGINAL_METHOD);
        var uris = exchange.headers(ORIGINAL_URI);
        if (api == null) {
            return new Judge.Call(null, "", new Question.Target.Refused(Reason.UNKNOWN_API), "", "", "");
        }
        if (methods.size() != 1 || uris.size() != 1) {
            return new Judge.Call(api, apiId, new Question.Target.Refused(Reason.UNREADABLE_REQUEST), "", "", "");
        }
        var method = methods.getFirst();
        return switch (CanonicalPath.parse(uris.getFirst())) {
            case CanonicalPath.Parsed.Ambiguous _ ->
                new Judge.Call(
                        api,
                        apiId,
                        new Question.Target.Refused(Reason.AMBIGUOUS_PATH),
                        method,
                        withoutQuery(uris.getFirst()),
                        "");
            case CanonicalPath.Parsed.Canonical(var path) ->
                new Judge.Call(
                        api, apiId, Question.Target.of(api, method, path), method, path.path(), query(uris.getFirst()));
        };
    }

    private static String query(String uri) {
        var mark = uri.indexOf('?');
        return mark < 0 ? "" : uri.substring(mark + 1);
    }

    private static String withoutQuery(String uri) {
        var query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** A permit whose assertion cannot be signed is no answer; the gateway must not be left waiting for one either. */
    private Reply answerTo(
            Authentication authentication, Decision.Permit permit, @Nullable ProtectedApi api, AuditId id) {
        try {
            return allowed(authentication, permit, api, id);
        } catch (RuntimeException e) {
            LOG.error("decision {} was not answered as permitted", id, e);
            return refusal(403, "internal_error", id.toString(), null);
        }
    }

    private Reply allowed(
            Authentication authentication, Decision.Permit permit, @Nullable ProtectedApi api, AuditId id) {
        var assertion =
                permit.caller() != null && api != null && authentication instanceof Authentication.Accepted accepted
                        ? assertions.of(accepted, api, clock.instant().getEpochSecond())
                        : IdentityAssertions.Assertion.NOBODY;
        var headers = DoorHeaders.of(id.toString(), "allowed", permit.caller(), assertion.scopes(), assertion.jwt());
        return new Reply(200, headers, new Reply.Body.Empty());
    }

    private static Reply refused(Decision.Deny deny, AuditId id) {
        var reason = deny.reason();
        if (reason == Reason.NO_CREDENTIAL) {
            return refusal(401, "invalid_credential", id.toString(), Challenge.BEARER);
        }
        if (reason.isOfStranger()) {
            return refusal(401, "invalid_credential", id.toString(), Challenge.INVALID_TOKEN);
        }
        return refusal(403, reason.code(), id.toString(), null);
    }

    private static Reply refusal(int status, String reason, String id, @Nullable String challenge) {
        var headers = DoorHeaders.of(id, reason, null, "", "");
        if (challenge != null) {
            headers.add(new Reply.Header("WWW-Authenticate", challenge));
        }
        return new Reply(status, List.copyOf(headers), new Reply.Body.Empty());
    }
}
