package dev.sallyport.notice;

import dev.sallyport.identity.OrganizationId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address at which an organization wants to be told.
 *
 * @param previousUntil when the secret before the present one ceases to sign; null if there is none
 */
record Webhook(
        WebhookId id,
        OrganizationId organization,
        String name,
        String url,
        Set<EventType> events,
        State state,
        Instant createdAt,
        Instant modifiedAt,
        @Nullable Instant previousUntil) {

    enum State {
        ENABLED,
        DISABLED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Webhook {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a webhook is told of at least one event");
        }
        events = Collections.unmodifiableSet(EnumSet.copyOf(events));
    }

    boolean isEnabled() {
        return state == State.ENABLED;
    }

    /** With its port: all of the address that may be shown everywhere. */
    String host() {
        var begin = url.indexOf("://") + "://".length();
        var end = begin;
        while (end < url.length() && "/?".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return url.substring(begin, end);
    }

    /** The path of an address is often the receiver's secret. */
    @Override
    public String toString() {
        return "Webhook(" + id + ")";
    }
}
