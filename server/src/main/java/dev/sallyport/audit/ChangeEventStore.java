package dev.sallyport.audit;

import dev.sallyport.sql.Transaction;
import java.util.List;

/** The {@code change_event} table, as the index reads it: of every organization, in the order of the commits. */
final class ChangeEventStore {

    /** @param record JSON, as {@link ChangeTrail} wrote it */
    record Stored(long sequence, String id, String organization, long atMicros, String action, String record) {}

    long head(Transaction transaction) {
        return transaction
                .sql("SELECT sequence FROM change_head WHERE id = 1")
                .map(row -> row.number("sequence"))
                .one();
    }

    List<Stored> after(Transaction transaction, long sequence, int most) {
        return transaction
                .sql("""
                        SELECT sequence, id, organization_id, at, action, record FROM change_event
                        WHERE sequence > ?
                        ORDER BY sequence
                        LIMIT ?
                        """)
                .with(sequence, most)
                .map(row -> new Stored(
                        row.number("sequence"),
                        row.text("id"),
                        row.text("organization_id"),
                        row.number("at"),
                        row.text("action"),
                        row.text("record")))
                .list();
    }
}
