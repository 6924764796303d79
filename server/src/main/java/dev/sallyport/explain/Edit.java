package dev.sallyport.explain;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way to have the call allowed: its steps, each of which is needed.
 *
 * @param steps in this order
 */
record Edit(List<Step> steps) {

    Edit {
        steps = List.copyOf(steps);
    }

    static Edit of(Step... steps) {
        return new Edit(List.of(steps));
    }

    /**
     * @param request what does it; null where no call of this API does
     */
    record Step(String says, By by, @Nullable Request request) {}

    record Request(String method, String path, Map<String, Object> body) {
        Request {
            body = Map.copyOf(body);
        }
    }

    /**
     * Who could make it.
     *
     * @param who in words
     * @param permission what they hold; null where it is not a matter of that
     * @param roles of the organization that hold it, by name
     */
    record By(String who, @Nullable String permission, List<String> roles) {

        /** Whoever sends the call. */
        static final By CALLER = new By("whoever calls", null, List.of());

        /** Whoever runs this server and its gateways. */
        static final By OPERATOR = new By("the operator of this server", null, List.of());

        By {
            roles = List.copyOf(roles);
        }
    }
}
