package dev.sallyport.http;

import java.time.Duration;

/**
 * Bounds on one call to somebody else.
 *
 * @param connect until the connection stands, its encryption included
 * @param total until the last byte of the answer, looking up the name included
 * @param answerBytes of the answer's body
 * @param headerBytes of the answer's headers
 */
public record OutboundLimits(Duration connect, Duration total, int answerBytes, int headerBytes) {

    public static final OutboundLimits DEFAULT =
            new OutboundLimits(Duration.ofSeconds(5), Duration.ofSeconds(15), 256 << 10, 16 << 10);

    public OutboundLimits {
        if (connect.isNegative() || connect.isZero() || total.compareTo(connect) < 0) {
            throw new IllegalArgumentException("connect must be positive, and total no shorter");
        }
        if (answerBytes < 0 || headerBytes < 1) {
            throw new IllegalArgumentException("answerBytes must be at least 0, headerBytes at least 1");
        }
    }
}
