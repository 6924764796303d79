package dev.sallyport.feed;

/**
 * A change was committed, and this node could not apply it in time; or it was not, because the database is being restored. The
 * caller answers 503 and may look again.
 */
public final class FeedStalled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FeedStalled(long revision) {
        this("Revision " + revision + " was committed but not yet applied on this node.");
    }

    private FeedStalled(String message) {
        super(message);
    }

    static FeedStalled putBack(long revision) {
        return new FeedStalled("Revision " + revision + " would come a second time: the database was put back.");
    }
}
