package dev.sallyport.http;

import dev.sallyport.permission.Requirement;

/**
 * One row of the route table.
 *
 * @param path a template: {@code /api/v2/personal_access_tokens/{token_id}}
 * @param operation the name under which decisions record it: {@code CreatePersonalAccessToken}
 * @param requirement what it asks of whoever calls; there is no default
 */
public record Route(Method method, String path, String operation, Requirement requirement, Target target) {

    /** What answers. */
    public sealed interface Target {
        record Signed(Handler handler) implements Target {}

        record Open(OpenHandler handler) implements Target {}

        record OnLoop(LoopHandler handler) implements Target {}
    }

    public Route {
        if (target instanceof Target.Signed == requirement instanceof Requirement.Open) {
            throw new IllegalArgumentException(path + ": a signed-in handler needs a requirement, any other has none");
        }
    }

    public static Route of(Method method, String path, String operation, Requirement requirement, Handler handler) {
        return new Route(method, path, operation, requirement, new Target.Signed(handler));
    }

    /** For anybody. */
    public static Route open(Method method, String path, String operation, OpenHandler handler) {
        return new Route(method, path, operation, Requirement.OPEN, new Target.Open(handler));
    }

    /** For anybody, answered on the event loop; a door decides by itself. */
    public static Route onLoop(Method method, String path, String operation, LoopHandler handler) {
        return new Route(method, path, operation, Requirement.OPEN, new Target.OnLoop(handler));
    }
}
