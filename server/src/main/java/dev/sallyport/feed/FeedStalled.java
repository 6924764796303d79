package dev.sallyport.feed;

/**
 * A change was committed, and this node could not apply it in time; or it was not committed, because the database was set back
 * under this node. The caller answers 503 and may look again.
 */
public final class FeedStalled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FeedStalled(long revision) {
        super("Revision " + revision + " was committed but not yet applied on this node.");
    }

    private FeedStalled(String message) {
        super(message);
    }

    static FeedStalled setBack() {
        return new FeedStalled("The database lost changes that this node has applied: restart the node.");
    }
}
