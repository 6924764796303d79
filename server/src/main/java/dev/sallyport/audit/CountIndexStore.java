package dev.sallyport.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What was counted from the log of this node, in {@code audit.db} beside the place in the log that it was counted up to. Every
 * change of a count has a number, so that what the control database was not told yet is found.
 */
final class CountIndexStore {

    static final List<String> SCHEMA = List.of(
            """
            CREATE TABLE call_count (
                node         INTEGER NOT NULL,
                organization TEXT    NOT NULL,
                credential   TEXT    NOT NULL,
                day          INTEGER NOT NULL,
                api          TEXT    NOT NULL,
                operation    TEXT    NOT NULL,
                allowed      INTEGER NOT NULL,
                refused      INTEGER NOT NULL,
                hours        INTEGER NOT NULL,
                last_at      INTEGER NOT NULL,
                change       INTEGER NOT NULL,
                PRIMARY KEY (organization, credential, day, api, operation, node)
            ) WITHOUT ROWID
            """,
            "CREATE INDEX call_count_change ON call_count (change)",
            "CREATE INDEX call_count_day ON call_count (day)",
            """
            CREATE TABLE count_place (
                id      INTEGER PRIMARY KEY CHECK (id = 1),
                changed INTEGER NOT NULL, -- the number of the last change
                told    INTEGER NOT NULL  -- that of the last one that the control database was told
            )
            """,
            "INSERT INTO count_place (id, changed, told) VALUES (1, 0, 0)");

    /** Counts as they stand, and the number of the last change among them. */
    record Changed(List<CallCount> counts, long last) {
        Changed {
            counts = List.copyOf(counts);
        }
    }

    private final Connection connection;

    CountIndexStore(Connection connection) {
        this.connection = connection;
    }

    /** Within the transaction that moves the place in the log: nothing is counted twice and nothing is left out. */
    void add(Collection<CallCount> counts) throws SQLException {
        if (counts.isEmpty()) {
            return;
        }
        var change = changed();
        try (var upsert = connection.prepareStatement("""
                INSERT INTO call_count (
                    node, organization, credential, day, api, operation, allowed, refused, hours, last_at, change)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (organization, credential, day, api, operation, node) DO UPDATE SET
                    allowed = allowed + excluded.allowed,
                    refused = refused + excluded.refused,
                    hours = hours | excluded.hours,
                    last_at = max(last_at, excluded.last_at),
                    change = excluded.change
                """)) {
            for (var count : counts) {
                change++;
                var key = count.key();
                upsert.setInt(1, key.node());
                upsert.setString(2, key.organization());
                upsert.setString(3, key.credential());
                upsert.setLong(4, key.day());
                upsert.setString(5, key.api());
                upsert.setString(6, key.operation());
                upsert.setLong(7, count.allowed());
                upsert.setLong(8, count.refused());
                upsert.setInt(9, count.hours());
                upsert.setLong(10, count.lastAtMicros());
                upsert.setLong(11, change);
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
        try (var update = connection.prepareStatement("UPDATE count_place SET changed = ? WHERE id = 1")) {
            update.setLong(1, change);
            update.executeUpdate();
        }
    }

    private long changed() throws SQLException {
        try (var query = connection.prepareStatement("SELECT changed FROM count_place WHERE id = 1");
                var row = query.executeQuery()) {
            row.next();
            return row.getLong("changed");
        }
    }

    /** What changed and was not told, the longest waiting first. */
    Changed untold(int most) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT node, organization, credential, day, api, operation, allowed, refused, hours, last_at, change
                FROM call_count WHERE change > (SELECT told FROM count_place) ORDER BY change LIMIT ?
                """)) {
            query.setInt(1, most);
            var counts = new ArrayList<CallCount>();
            var last = 0L;
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    counts.add(new CallCount(
                            new CallCount.Key(
                                    row.getInt("node"),
                                    row.getString("organization"),
                                    row.getString("credential"),
                                    row.getLong("day"),
                                    row.getString("api"),
                                    row.getString("operation")),
                            row.getLong("allowed"),
                            row.getLong("refused"),
                            row.getInt("hours"),
                            row.getLong("last_at")));
                    last = row.getLong("change");
                }
            }
            return new Changed(counts, last);
        } finally {
            connection.rollback();
        }
    }

    /** @param change the last one that was told; 0 to tell everything again */
    void told(long change) throws SQLException {
        try (var update = connection.prepareStatement("UPDATE count_place SET told = ? WHERE id = 1")) {
            update.setLong(1, change);
            update.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    /** Forgets everything: the log is counted from its beginning again. */
    void clear() throws SQLException {
        try (var delete = connection.prepareStatement("DELETE FROM call_count")) {
            delete.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    /** Deletes some of the counts of the days before that one; how many it were. */
    int deleteBefore(long day, int most) throws SQLException {
        try (var delete = connection.prepareStatement("""
                DELETE FROM call_count WHERE (organization, credential, day, api, operation, node) IN (
                    SELECT organization, credential, day, api, operation, node FROM call_count WHERE day < ? LIMIT ?)
                """)) {
            delete.setLong(1, day);
            delete.setInt(2, most);
            var deleted = delete.executeUpdate();
            connection.commit();
            return deleted;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }
}
