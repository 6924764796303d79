package dev.sallyport.audit;

import dev.sallyport.sql.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The {@code credential_usage} table, for writing. */
final class CallCountStore implements Consumer<List<CallCount>> {

    private final Database control;

    CallCountStore(Database control) {
        this.control = control;
    }

    /**
     * Takes over what was counted so far. A count only grows, so the larger of two stands: being told the same again, or something
     * older, by an index that was lost and built again, changes nothing.
     */
    @Override
    public void accept(List<CallCount> counts) {
        var each = new ArrayList<@Nullable Object[]>(counts.size());
        for (var count : counts) {
            var key = count.key();
            each.add(new Object[] {
                key.organization(),
                key.credential(),
                key.day(),
                key.api(),
                key.operation(),
                key.node(),
                count.allowed(),
                count.refused(),
                count.hours(),
                count.lastAtMicros()
            });
        }
        control.inTransaction(transaction -> transaction.sql("""
                        INSERT INTO credential_usage (organization_id, credential_id, day, api, operation, node, allowed, refused,
                            hours, last_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (organization_id, credential_id, day, api, operation, node) DO UPDATE SET
                            allowed = CASE WHEN excluded.allowed > credential_usage.allowed
                                THEN excluded.allowed ELSE credential_usage.allowed END,
                            refused = CASE WHEN excluded.refused > credential_usage.refused
                                THEN excluded.refused ELSE credential_usage.refused END,
                            hours = credential_usage.hours | excluded.hours,
                            last_at = CASE WHEN excluded.last_at > credential_usage.last_at
                                THEN excluded.last_at ELSE credential_usage.last_at END
                        WHERE excluded.allowed > credential_usage.allowed OR excluded.refused > credential_usage.refused
                           OR excluded.last_at > credential_usage.last_at
                           OR (credential_usage.hours | excluded.hours) <> credential_usage.hours
                        """).updateEach(each));
    }

    /** Says on which day counting began, unless that was said before. */
    void begin(long day) {
        control.inTransaction(transaction -> transaction
                .sql("INSERT INTO usage_counting (id, since_day) VALUES (1, ?) ON CONFLICT (id) DO NOTHING")
                .with(day)
                .update());
    }

    /** Deletes the counts of some credentials from the days before that one; how many it were. */
    int deleteBefore(long day, int credentials) {
        return control.inTransaction(
                transaction -> transaction.sql("""
                        DELETE FROM credential_usage WHERE day < ? AND (organization_id, credential_id) IN (
                            SELECT organization_id, credential_id FROM credential_usage WHERE day < ? LIMIT ?)
                        """).with(day, day, credentials).update());
    }
}
