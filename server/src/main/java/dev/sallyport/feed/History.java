package dev.sallyport.feed;

import dev.sallyport.sql.Transaction;
import java.util.Optional;

/** Which changes there were, as one transaction sees it: how something kept earlier tells its own history from another. */
public final class History {

    private final Transaction transaction;
    private final long head;

    History(Transaction transaction, long head) {
        this.transaction = transaction;
        this.head = head;
    }

    /** The last revision. */
    public long head() {
        return head;
    }

    /**
     * What the change of that revision was, in a text that no other change has. After a restore the same number may belong to
     * another change. Empty if there is none of that number.
     */
    public Optional<String> mark(long revision) {
        return transaction
                .sql("SELECT kind, organization_id, subject, at FROM feed WHERE revision = ?")
                .with(revision)
                .map(row -> String.join(
                        " ",
                        row.text("kind"),
                        row.text("organization_id"),
                        row.text("subject"),
                        String.valueOf(row.number("at"))))
                .optional();
    }
}
