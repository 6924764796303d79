package dev.sallyport.decision;

import dev.sallyport.http.Reply.Header;
import dev.sallyport.limit.Standing;
import java.util.ArrayList;
import java.util.List;

/**
 * What a caller is told of its limits: the fields of draft-ietf-httpapi-ratelimit-headers-10, and of the window that is nearest
 * to its end the older {@code X-RateLimit-*}, which Datadog's clients wait by.
 */
public final class LimitHeaders {

    private LimitHeaders() {}

    /** None where nothing binds. */
    public static List<Header> of(Standing standing) {
        if (standing.windows().isEmpty()) {
            return List.of();
        }
        var headers = new ArrayList<Header>();
        headers.add(new Header("RateLimit-Policy", standing.policy()));
        headers.add(new Header("RateLimit", standing.remaining()));
        var exhausted = standing.exhausted();
        var told = exhausted == null ? nearest(standing) : exhausted;
        headers.add(new Header("X-RateLimit-Name", told.name()));
        headers.add(new Header("X-RateLimit-Limit", Integer.toString(told.quota())));
        headers.add(new Header("X-RateLimit-Period", Integer.toString(told.seconds())));
        headers.add(new Header("X-RateLimit-Remaining", Long.toString(told.left())));
        headers.add(new Header("X-RateLimit-Reset", Long.toString(told.reset())));
        if (exhausted != null) {
            headers.add(new Header("Retry-After", Long.toString(exhausted.reset())));
        }
        return headers;
    }

    private static Standing.Window nearest(Standing standing) {
        return standing.windows().stream()
                .reduce((one, other) -> one.left() <= other.left() ? one : other)
                .orElseThrow();
    }
}
