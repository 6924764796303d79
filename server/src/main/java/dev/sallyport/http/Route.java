package dev.sallyport.http;

import dev.sallyport.permission.Accepts;
import dev.sallyport.permission.Requirement;

/**
 * One row of the route table.
 *
 * @param path a template: {@code /api/v2/personal_access_tokens/{token_id}}; a last segment {@code {name...}} is the rest of
 *     the path, its slash included, as it was sent
 * @param operation the name under which decisions record it: {@code CreatePersonalAccessToken}
 * @param requirement what it asks of whoever calls; there is no default
 * @param accepts which classes of credentials it takes, whatever else it asks
 * @param bodyBytes how large a body may be; 0 for the limit of the listener
 */
public record Route(
        Method method,
        String path,
        String operation,
        Requirement requirement,
        Accepts accepts,
        Target target,
        int bodyBytes) {

    /** Stands for the limit of the listener. */
    static final int USUAL_BODY = 0;

    /** What answers. */
    public sealed interface Target {
        record Signed(Handler handler) implements Target {}

        record Open(OpenHandler handler) implements Target {}

        record OnLoop(LoopHandler handler) implements Target {}
    }

    public Route {
        if (bodyBytes < 0) {
            throw new IllegalArgumentException(path + ": a body has 0 bytes or more");
        }
        if (method == Method.ANY && !(target instanceof Target.OnLoop)) {
            throw new IllegalArgumentException(path + ": any method is for what is answered on the event loop");
        }
        if (target instanceof Target.Signed == requirement instanceof Requirement.Open) {
            throw new IllegalArgumentException(path + ": a signed-in handler needs a requirement, any other has none");
        }
    }

    public static Route of(Method method, String path, String operation, Requirement requirement, Handler handler) {
        var accepts = requirement instanceof Requirement.ApiKey ? Accepts.API_KEY_ONLY : Accepts.TOKENS_AND_KEYS;
        return new Route(method, path, operation, requirement, accepts, new Target.Signed(handler), USUAL_BODY);
    }

    /** For an application key with an API key beside it: what a token must not do. */
    public static Route forKeys(
            Method method, String path, String operation, Requirement requirement, Handler handler) {
        return new Route(
                method, path, operation, requirement, Accepts.KEYS_ONLY, new Target.Signed(handler), USUAL_BODY);
    }

    /** For anybody. */
    public static Route open(Method method, String path, String operation, OpenHandler handler) {
        return new Route(
                method, path, operation, Requirement.OPEN, Accepts.NOBODY_NEEDED, new Target.Open(handler), USUAL_BODY);
    }

    /** For anybody, answered on the event loop; a door decides by itself. */
    public static Route onLoop(Method method, String path, String operation, LoopHandler handler) {
        return new Route(
                method,
                path,
                operation,
                Requirement.OPEN,
                Accepts.NOBODY_NEEDED,
                new Target.OnLoop(handler),
                USUAL_BODY);
    }

    /** The same with another limit for its body, where a protocol asks for it. */
    public Route takingBodies(int bytes) {
        return new Route(method, path, operation, requirement, accepts, target, bytes);
    }

    /** The limit that holds where the listener's is this. */
    int bodyBytes(int usual) {
        return bodyBytes == USUAL_BODY ? usual : bodyBytes;
    }
}
