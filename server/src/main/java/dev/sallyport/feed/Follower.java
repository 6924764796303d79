package dev.sallyport.feed;

import dev.sallyport.sql.Transaction;

/** Keeps something in memory in step with the database. Called by one thread, in the order of the revisions. */
public interface Follower {

    /**
     * Forgets everything and reads everything: before the first {@link #apply}, and whenever the database turns out to have
     * another past.
     */
    void load(Transaction transaction);

    /**
     * Begins where something kept earlier left off, if there is such a thing and it is of this very history; else like
     * {@link #load(Transaction)}.
     *
     * @return the revision that is in memory now; what came after it is applied next, and may have been read already
     */
    default long load(Transaction transaction, History history) {
        load(transaction);
        return history.head();
    }

    /** Reads again what the change names. Applying twice must do no harm. */
    void apply(Transaction transaction, Change change);
}
