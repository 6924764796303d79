package dev.sallyport.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * The days, in UTC, that are looked at: today is the last of them.
 *
 * @param days how many were asked for
 * @param firstDay the first of them, in days since 1970
 * @param since the first of them that is counted whole or nearly so
 */
record UsageWindow(int days, long firstDay, long since) {

    /** Counts are kept for ninety days. */
    static final int MOST_DAYS = 90;

    static final int USUAL_DAYS = 30;

    /** @param counting the day on which counting began; empty where it has not */
    static UsageWindow of(int days, OptionalLong counting, Instant now) {
        var today = dayOf(now);
        var first = today - days + 1;
        return new UsageWindow(days, first, Math.max(first, counting.orElse(today)));
    }

    static long dayOf(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }

    /** Whether everything that something of that age can have called in these days was counted. */
    boolean isWholeFor(Instant createdAt) {
        return since <= Math.max(firstDay, dayOf(createdAt));
    }

    String firstDate() {
        return LocalDate.ofEpochDay(firstDay).toString();
    }

    String sinceDate() {
        return LocalDate.ofEpochDay(since).toString();
    }

    /** How many days there are from the first that was counted to today. */
    long countedDays() {
        return firstDay + days - since;
    }
}
