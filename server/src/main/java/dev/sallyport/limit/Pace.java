package dev.sallyport.limit;

import org.jspecify.annotations.Nullable;

/**
 * How many calls at most; null for as many as come.
 *
 * @param perSecond on average; as many may come at once after a second of silence
 * @param perDay of UTC
 */
record Pace(@Nullable Integer perSecond, @Nullable Integer perDay) {

    static final Pace FREE = new Pace(null, null);

    static final int MOST_PER_SECOND = 1_000_000;
    static final int MOST_PER_DAY = 1_000_000_000;

    boolean isFree() {
        return perSecond == null && perDay == null;
    }
}
