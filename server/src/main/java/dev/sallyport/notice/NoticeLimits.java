package dev.sallyport.notice;

import java.time.Duration;
import java.util.List;

/**
 * Bounds on webhooks.
 *
 * @param mostWebhooks of an organization
 * @param mostWaiting deliveries of a webhook that are not done; what comes beyond is dropped
 * @param mostAtOnce deliveries of a webhook that one pass sends; after one that fails the others wait for the next
 * @param mostPerPass deliveries that one pass looks at
 * @param secretOverlap how long the secret before goes on signing
 * @param lease for how long an attempt belongs to the node that began it; longer than a call can take
 * @param pauses before the second attempt, the third, and so on; after the last of them a delivery is given up
 * @param kept how long deliveries can be looked at
 */
record NoticeLimits(
        int mostWebhooks,
        int mostWaiting,
        int mostAtOnce,
        int mostPerPass,
        Duration secretOverlap,
        Duration lease,
        List<Duration> pauses,
        Duration kept) {

    static final NoticeLimits DEFAULT = new NoticeLimits(
            20,
            1_000,
            10,
            1_000,
            Duration.ofHours(24),
            Duration.ofMinutes(1),
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10)),
            Duration.ofDays(30));

    NoticeLimits {
        pauses = List.copyOf(pauses);
    }
}
