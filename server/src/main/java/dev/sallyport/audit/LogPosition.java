package dev.sallyport.audit;

import java.util.Comparator;

/**
 * A place in the log. Names of segments sort as the log does.
 *
 * @param sequence every record of this epoch up to here lies before this place, or was refused
 */
record LogPosition(long sequence, String segment, long offset) implements Comparable<LogPosition> {

    private static final Comparator<LogPosition> ORDER =
            Comparator.comparing(LogPosition::segment).thenComparingLong(LogPosition::offset);

    /** Before everything. */
    static final LogPosition START = new LogPosition(0, "", 0);

    @Override
    public int compareTo(LogPosition other) {
        return ORDER.compare(this, other);
    }
}
