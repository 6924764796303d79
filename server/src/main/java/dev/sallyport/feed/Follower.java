package dev.sallyport.feed;

import dev.sallyport.sql.Transaction;

/** Keeps something in memory in step with the database. Called by one thread, in the order of the revisions. */
public interface Follower {

    /** Reads everything, once, before the first {@link #apply}. */
    void load(Transaction transaction);

    /** Reads again what the change names. Applying twice must do no harm. */
    void apply(Transaction transaction, Change change);
}
