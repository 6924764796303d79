package dev.sallyport.notice;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message to one webhook.
 *
 * @param id the receiver's {@code webhook-id}: the same at every attempt
 * @param dueAt of the next attempt; means nothing once it is done
 * @param result of the last attempt: a status, or a word for why there was no answer
 */
record Delivery(
        UUID id,
        String event,
        State state,
        int attempts,
        Instant createdAt,
        Instant dueAt,
        @Nullable Instant attemptedAt,
        @Nullable String result) {

    enum State {
        WAITING,
        DELIVERED,
        GIVEN_UP;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
