package dev.sallyport.door;

import dev.sallyport.http.Exchange;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Response;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of gateways that ask over HTTP: where each says what the original request was, and how it wants its answer.
 *
 * <p>Each is read by its own headers alone; those of the others may be the client's.
 */
enum Gateway {
    /** {@code auth_request}: what is asked about stands in headers that nginx overwrites, and a body is never passed on. */
    NGINX {
        @Override
        @Nullable
        OriginalRequest original(Exchange exchange) {
            return inHeaders(exchange, "X-Original-Method", "X-Original-URI");
        }

        @Override
        Response response(Answer answer) {
            var status = answer.status() == 429 ? 403 : answer.status();
            return new Reply(status, answer.headers(), new Reply.Body.Empty());
        }
    },

    /**
     * Caddy's {@code forward_auth} and Traefik's {@code forwardAuth}, which hand a refusal to the client as it is. Caddy appends
     * the original query to the door's own where that has none; it is not read.
     */
    FORWARD_AUTH {
        @Override
        @Nullable
        OriginalRequest original(Exchange exchange) {
            return inHeaders(exchange, "X-Forwarded-Method", "X-Forwarded-Uri");
        }

        @Override
        Response response(Answer answer) {
            return withProblem(answer);
        }
    },

    /** Envoy's {@code ext_authz} over HTTP: the request is the original one, with a prefix before its path. */
    ENVOY {
        @Override
        OriginalRequest original(Exchange exchange) {
            var path = exchange.pathParameter("path");
            var query = exchange.rawQuery();
            return new OriginalRequest(exchange.method(), query.isEmpty() ? path : path + "?" + query);
        }

        @Override
        Response response(Answer answer) {
            if (!answer.isAllowed()) {
                return withProblem(answer);
            }
            var headers = new ArrayList<>(answer.headers());
            headers.add(new Reply.Header("x-envoy-auth-headers-to-remove", CREDENTIALS));
            return new Reply(answer.status(), headers, new Reply.Body.Empty());
        }
    };

    /** The headers that carry credentials. */
    private static final String CREDENTIALS = "authorization,dd-api-key,dd-application-key";

    /** Null unless the gateway said exactly one method and one target. */
    abstract @Nullable OriginalRequest original(Exchange exchange);

    abstract Response response(Answer answer);

    private static @Nullable OriginalRequest inHeaders(Exchange exchange, String method, String target) {
        var methods = exchange.headers(method);
        var targets = exchange.headers(target);
        return methods.size() == 1 && targets.size() == 1
                ? new OriginalRequest(methods.getFirst(), targets.getFirst())
                : null;
    }

    private static Response withProblem(Answer answer) {
        return answer.isAllowed()
                ? new Reply(answer.status(), answer.headers(), new Reply.Body.Empty())
                : new Problem(answer.status(), answer.reason(), answer.detail(), answer.headers());
    }
}
