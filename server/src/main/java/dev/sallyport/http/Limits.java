package dev.sallyport.http;

import java.time.Duration;

/** Bounds on everything that comes in over HTTP. */
public record Limits(
        int bodyBytes,
        int jsonDepth,
        int jsonStringLength,
        int headerBytes,
        int requestLineBytes,
        int connections,
        Duration idle,
        Duration bodyTime,
        int workers,
        int queuedRequests) {

    public static final Limits DEFAULT = new Limits(
            1 << 20, 32, 1 << 20, 16 << 10, 8 << 10, 20_000, Duration.ofSeconds(60), Duration.ofSeconds(10), 16, 1_024);

    /**
     * For a listener behind a gateway, which passes on all that it took itself: more than nginx takes by default. Its request
     * line may hold another one, that of the request which it asks about.
     */
    public Limits withHeaders(int bytes) {
        return new Limits(
                bodyBytes,
                jsonDepth,
                jsonStringLength,
                bytes,
                2 * requestLineBytes,
                connections,
                idle,
                bodyTime,
                workers,
                queuedRequests);
    }
}
