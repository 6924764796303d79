package dev.sallyport.audit;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells the control database, in portions, what this node has counted. Whatever is interrupted between the telling and the note
 * that it was told is told again, which changes nothing. Used by one thread.
 */
final class CallCounts {

    /** Short transactions: others wait for the same lock on SQLite. */
    private static final int PORTION = 500;

    /** So many at a time, so that the log does not wait for long. */
    private static final int MOST_PORTIONS = 4;

    private final CountIndexStore index;
    private final Consumer<List<CallCount>> control;

    CallCounts(CountIndexStore index, Consumer<List<CallCount>> control) {
        this.index = index;
        this.control = control;
    }

    /** Whether nothing is left to tell. */
    boolean tell() throws SQLException {
        for (var portion = 0; portion < MOST_PORTIONS; portion++) {
            var changed = index.untold(PORTION);
            if (changed.counts().isEmpty()) {
                return true;
            }
            control.accept(changed.counts());
            index.told(changed.last());
        }
        return false;
    }
}
