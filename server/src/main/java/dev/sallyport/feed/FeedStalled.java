package dev.sallyport.feed;

/** A change was committed, and this node could not apply it in time. The caller answers 503 and may look again. */
public final class FeedStalled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FeedStalled(long revision) {
        super("Revision " + revision + " was committed but not yet applied on this node.");
    }
}
