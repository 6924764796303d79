package dev.sallyport.bench;

/** Counts durations from 1 ns to more than a minute in places that are at most 1/64 of their value wide. */
final class Histogram {

    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;

    private final long[] counts = new long[SUB * (Long.SIZE - SUB_BITS)];
    private long total;
    private long greatest;

    void add(long nanos) {
        var value = Math.max(0, nanos);
        counts[place(value)]++;
        total++;
        greatest = Math.max(greatest, value);
    }

    private static int place(long value) {
        if (value < SUB) {
            return (int) value;
        }
        var shift = Long.SIZE - 1 - SUB_BITS - Long.numberOfLeadingZeros(value);
        return (shift << SUB_BITS) + (int) (value >>> shift);
    }

    private static long upperEnd(int place) {
        if (place < SUB) {
            return place;
        }
        var shift = (place >>> SUB_BITS) - 1;
        return (((place & (SUB - 1)) + SUB + 1L) << shift) - 1;
    }

    /** The value that this share (0 to 1) of all does not pass, in nanoseconds; 0 where there are none. */
    long at(double share) {
        var wanted = (long) Math.ceil(share * total);
        var seen = 0L;
        for (var place = 0; place < counts.length; place++) {
            seen += counts[place];
            if (seen >= wanted && seen > 0) {
                return Math.min(upperEnd(place), greatest);
            }
        }
        return 0;
    }

    long greatest() {
        return greatest;
    }
}
