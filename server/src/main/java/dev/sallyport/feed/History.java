package dev.sallyport.feed;

import dev.sallyport.sql.Micros;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which changes there were, as one transaction sees it: how something kept earlier tells its own history from another. */
public final class History {

    /** The first change of an epoch. Nobody has to apply it: whoever meets it loads everything. */
    private static final ChangeKind BEGUN = new ChangeKind("epoch");

    private static final UUID NO_ORGANIZATION = new UUID(0, 0);

    private final Transaction transaction;
    private final String epoch;
    private final long head;

    private History(Transaction transaction, String epoch, long head) {
        this.transaction = transaction;
        this.epoch = epoch;
        this.head = head;
    }

    public static History of(Transaction transaction) {
        return transaction
                .sql("SELECT epoch, revision FROM feed_head WHERE id = 1")
                .map(row -> new History(transaction, row.text("epoch"), row.number("revision")))
                .one();
    }

    /**
     * Begins another epoch, in a database that was put back to an earlier state.
     *
     * <p>Its revisions begin where no earlier epoch of any copy can have come: at the microseconds since 1970, because a
     * database takes far fewer changes than one in a microsecond. So no reader of the feed sees a revision go backwards.
     */
    public static History begin(Transaction transaction, Instant now) {
        var epoch = UUID.randomUUID().toString();
        var least = Micros.of(now);
        var first = transaction
                .sql("""
                        UPDATE feed_head SET epoch = ?, revision = CASE WHEN revision < ? THEN ? ELSE revision + 1 END
                        WHERE id = 1
                        RETURNING revision
                        """)
                .with(epoch, least, least)
                .map(row -> row.number("revision"))
                .one();
        transaction
                .sql("INSERT INTO feed (revision, kind, organization_id, subject, at) VALUES (?, ?, ?, ?, ?)")
                .with(first, BEGUN.name(), NO_ORGANIZATION, epoch, now)
                .update();
        return new History(transaction, epoch, first);
    }

    /** The name of this history; empty for one that began with an empty database. */
    public String epoch() {
        return epoch;
    }

    /** The last revision. */
    public long head() {
        return head;
    }

    /** Where this history stands now. */
    Position position() {
        return new Position(head, mark(head).orElse(epoch));
    }

    /**
     * What the change of that revision was, in a text that no other change of any epoch has. After a restore the same number
     * may belong to another change. Empty if there is none of that number.
     */
    public Optional<String> mark(long revision) {
        return transaction
                .sql("SELECT kind, organization_id, subject, at FROM feed WHERE revision = ?")
                .with(revision)
                .map(this::markOf)
                .optional();
    }

    /** The change of that revision, if there is one, and those after it, in their order. */
    List<Entry> from(long revision, int most) {
        return transaction
                .sql("""
                        SELECT revision, kind, organization_id, subject, at FROM feed
                        WHERE revision >= ?
                        ORDER BY revision
                        LIMIT ?
                        """)
                .with(revision, most)
                .map(row -> new Entry(
                        epoch,
                        new Position(row.number("revision"), markOf(row)),
                        new Change(new ChangeKind(row.text("kind")), row.uuid("organization_id"), row.text("subject"))))
                .list();
    }

    private String markOf(Row row) {
        return String.join(
                " ",
                epoch,
                row.text("kind"),
                row.text("organization_id"),
                row.text("subject"),
                String.valueOf(row.number("at")));
    }
}
