package dev.sallyport.usage;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Transaction;
import java.util.List;
import java.util.OptionalLong;

/** The {@code credential_usage} table, which is written where decisions are counted. */
final class CallStore {

    /** More operations than all protected APIs of an organization have together. */
    private static final int MOST_OPERATIONS = 20_000;

    /** The day on which counting began; empty before the first node has begun. */
    OptionalLong since(Transaction transaction) {
        return transaction
                .sql("SELECT since_day FROM usage_counting WHERE id = 1")
                .map(row -> OptionalLong.of(row.number("since_day")))
                .optional()
                .orElseGet(OptionalLong::empty);
    }

    /** What a credential called from that day on, by API and operation. */
    List<CalledOperation> operations(
            Transaction transaction, OrganizationId organization, CredentialId credential, long fromDay) {
        return transaction
                .sql("""
                        SELECT api, operation, sum(allowed) AS allowed, sum(refused) AS refused, count(DISTINCT day) AS days,
                               max(last_at) AS last_at,
                               max(hours & 1) + max(hours & 2) + max(hours & 4) + max(hours & 8) + max(hours & 16) + max(hours & 32)
                               + max(hours & 64) + max(hours & 128) + max(hours & 256) + max(hours & 512) + max(hours & 1024) + max(hours & 2048)
                               + max(hours & 4096) + max(hours & 8192) + max(hours & 16384) + max(hours & 32768) + max(hours & 65536) + max(hours & 131072)
                               + max(hours & 262144) + max(hours & 524288) + max(hours & 1048576) + max(hours & 2097152) + max(hours & 4194304) + max(hours & 8388608) AS hours
                        FROM credential_usage
                        WHERE organization_id = ? AND credential_id = ? AND day >= ?
                        GROUP BY api, operation
                        ORDER BY api, operation
                        LIMIT ?
                        """)
                .with(organization.value(), credential.value(), fromDay, MOST_OPERATIONS)
                .map(row -> new CalledOperation(
                        row.text("api"),
                        row.text("operation"),
                        row.number("allowed"),
                        row.number("refused"),
                        row.integer("days"),
                        row.integer("hours"),
                        row.instant("last_at")))
                .list();
    }

    /**
     * One day of a credential.
     *
     * @param allowed how many of the calls
     * @param hours how many hours of the day had a call
     */
    record Day(CredentialId credential, long calls, long allowed, int hours) {}

    /** The days of every credential after the one id up to the other, in the order of the ids. */
    List<Day> days(
            Transaction transaction, OrganizationId organization, String after, CredentialId upTo, long fromDay) {
        return transaction
                .sql("""
                        SELECT credential_id, day, sum(allowed + refused) AS calls, sum(allowed) AS allowed,
                               max(hours & 1) + max(hours & 2) + max(hours & 4) + max(hours & 8) + max(hours & 16) + max(hours & 32)
                               + max(hours & 64) + max(hours & 128) + max(hours & 256) + max(hours & 512) + max(hours & 1024) + max(hours & 2048)
                               + max(hours & 4096) + max(hours & 8192) + max(hours & 16384) + max(hours & 32768) + max(hours & 65536) + max(hours & 131072)
                               + max(hours & 262144) + max(hours & 524288) + max(hours & 1048576) + max(hours & 2097152) + max(hours & 4194304) + max(hours & 8388608) AS hours
                        FROM credential_usage
                        WHERE organization_id = ? AND credential_id > CAST(? AS TEXT) AND credential_id <= CAST(? AS TEXT)
                          AND day >= ?
                        GROUP BY credential_id, day
                        """)
                .with(organization.value(), after, upTo.toString(), fromDay)
                .map(row -> new Day(
                        new CredentialId(row.uuid("credential_id")),
                        row.number("calls"),
                        row.number("allowed"),
                        Integer.bitCount(row.integer("hours"))))
                .list();
    }
}
