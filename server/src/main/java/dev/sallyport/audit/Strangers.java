package dev.sallyport.audit;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps strangers, and callers beyond their limits, from filling the disk: the first refusals of a source in a second are
 * recorded one by one, the rest are counted. The table has a fixed size; sources that share a place share its allowance.
 */
final class Strangers {

    private static final int PLACES = 1 << 12;
    private static final int COUNT_BITS = 8;

    private final int inFull;
    private final AtomicLongArray places = new AtomicLongArray(PLACES);
    private final LongAdder counted = new LongAdder();

    Strangers(int inFull) {
        this.inFull = inFull;
    }

    /** Whether this refusal is to be recorded; otherwise it has been counted. */
    boolean isRecorded(String source, long second) {
        var hash = source.hashCode() * 0x9E3779B9;
        var place = hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(PLACES));
        while (true) {
            var old = places.get(place);
            var isSameSecond = old >>> COUNT_BITS == second;
            if (isSameSecond && (old & (1 << COUNT_BITS) - 1) >= inFull) {
                counted.increment();
                return false;
            }
            if (places.compareAndSet(place, old, isSameSecond ? old + 1 : second << COUNT_BITS | 1)) {
                return true;
            }
        }
    }

    /** How many were counted since this was last asked. */
    long takeCounted() {
        return counted.sumThenReset();
    }
}
