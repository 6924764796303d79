package dev.sallyport.limit;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of one credential or organization. A token bucket that holds a second's worth is one number, the moment at
 * which it is full again; a day and its count are another. Both change by compare-and-set: nobody waits, none is lost.
 */
final class Meter {

    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400;

    /** A bucket is full again within a second; what is due so much later was taken before the clock was set back. */
    private static final long SET_BACK = 10 * SECOND;

    private static final int COUNT_BITS = 32;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private final AtomicLong fullAgain = new AtomicLong();
    private final AtomicLong day = new AtomicLong();

    /** What came of taking a call. */
    enum Taken {
        YES,
        NOT_OF_SECOND,
        NOT_OF_DAY
    }

    /**
     * Takes one call if both bounds allow it. What the second refuses costs nothing of the day.
     *
     * @param nowNanos since 1970
     */
    Taken take(Pace pace, long nowNanos) {
        if (!takeOfSecond(pace.perSecond(), nowNanos)) {
            return Taken.NOT_OF_SECOND;
        }
        return takeOfDay(pace.perDay(), nowNanos) ? Taken.YES : Taken.NOT_OF_DAY;
    }

    private boolean takeOfSecond(@Nullable Integer perSecond, long now) {
        if (perSecond == null) {
            return true;
        }
        var interval = SECOND / perSecond;
        while (true) {
            var old = fullAgain.get();
            var next = due(old, now) + interval;
            // Without the rest of the division a bucket of three would hold a fourth.
            if (next - now > interval * perSecond) {
                return false;
            }
            if (fullAgain.compareAndSet(old, next)) {
                return true;
            }
        }
    }

    private static long due(long fullAgain, long now) {
        return fullAgain - now > SET_BACK ? now : Math.max(fullAgain, now);
    }

    private boolean takeOfDay(@Nullable Integer perDay, long now) {
        if (perDay == null) {
            return true;
        }
        var today = now / SECOND / DAY;
        while (true) {
            var old = day.get();
            var count = old >>> COUNT_BITS == today ? old & COUNT_MASK : 0;
            if (count >= perDay) {
                return false;
            }
            if (day.compareAndSet(old, today << COUNT_BITS | (count + 1))) {
                return true;
            }
        }
    }

    /** How many more calls the second holds now. */
    long leftOfSecond(int perSecond, long now) {
        var interval = SECOND / perSecond;
        var owed = due(fullAgain.get(), now) - now;
        return Math.max(0, perSecond - Math.ceilDiv(owed, interval));
    }

    long leftOfDay(int perDay, long now) {
        var known = day.get();
        var count = known >>> COUNT_BITS == now / SECOND / DAY ? known & COUNT_MASK : 0;
        return Math.max(0, perDay - count);
    }

    /** Whether it counts what one that was just made would. */
    boolean isIdle(long now) {
        return due(fullAgain.get(), now) == now && day.get() >>> COUNT_BITS != now / SECOND / DAY;
    }

    static long secondsToMidnight(long now) {
        var second = now / SECOND;
        return DAY - second % DAY;
    }
}
