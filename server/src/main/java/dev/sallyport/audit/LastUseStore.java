package dev.sallyport.audit;

import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.util.Comparator;
import java.util.List;

/** The {@code credential_use} table. The credential's own row is never touched. */
final class LastUseStore implements LastUse {

    /** Short transactions: others wait for the same lock on SQLite. */
    private static final int PORTION = 500;

    private final Database control;

    LastUseStore(Database control) {
        this.control = control;
    }

    @Override
    public void used(List<Use> uses) {
        // All nodes in one order, or two of them would wait for each other.
        var ordered = uses.stream()
                .sorted(Comparator.comparing(use -> use.credential().toString()))
                .toList();
        for (var from = 0; from < ordered.size(); from += PORTION) {
            var portion = ordered.subList(from, Math.min(ordered.size(), from + PORTION));
            control.inTransaction(transaction -> {
                portion.forEach(use -> upsert(transaction, use));
                return portion.size();
            });
        }
    }

    /** The later of two uses stands, whichever node tells first. */
    private static void upsert(Transaction transaction, Use use) {
        transaction
                .sql("""
                        INSERT INTO credential_use (credential_id, organization_id, last_used_at) VALUES (?, ?, ?)
                        ON CONFLICT (credential_id) DO UPDATE SET last_used_at = excluded.last_used_at
                        WHERE credential_use.organization_id = excluded.organization_id
                          AND credential_use.last_used_at < excluded.last_used_at
                        """)
                .with(use.credential().value(), use.organization().value(), use.atMicros())
                .update();
    }
}
