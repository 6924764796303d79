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
}
