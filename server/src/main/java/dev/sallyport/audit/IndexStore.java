package dev.sallyport.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code audit.db}, for writing: a SQLite file on every node, apart from the control database. It can be built again from
 * the log and the change events, so it is written with {@code synchronous=NORMAL}: a power cut may take the last
 * transactions, never tear one, and the place that they reached goes with them.
 */
final class IndexStore implements AutoCloseable {

    /** @param node the node whose log was read */
    record Place(int node, String segment, long offset, long changes) {}

    private static final int VERSION = 2;

    /** It had everything but the counts. */
    private static final int UNCOUNTED = 1;

    private static final Set<Integer> UNREADABLE =
            Set.of(SQLiteErrorCode.SQLITE_NOTADB.code, SQLiteErrorCode.SQLITE_CORRUPT.code);

    /** Negative: SQLite then counts KiB. The indexes are written all over. */
    private static final String CACHE_KIB = "-32768";

    private static final int KNOWN_SCOPE_SETS = 10_000;

    private final Connection connection;
    private final CountIndexStore counts;
    private final Map<List<String>, Long> scopeSets = new HashMap<>();

    private IndexStore(Connection connection) {
        this.connection = connection;
        this.counts = new CountIndexStore(connection);
    }

    static String url(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    /** Opens the index, or begins a new one where there is none that can be read; the old file is kept beside it. */
    static IndexStore open(Path file) throws SQLException, IOException {
        try {
            return connect(file);
        } catch (SQLException e) {
            if (!UNREADABLE.contains(e.getErrorCode())) {
                throw e;
            }
            LoggerFactory.getLogger(IndexStore.class)
                    .warn("The search index cannot be read and is built again: {}", String.valueOf(e.getMessage()));
            Files.move(file, file.resolveSibling("audit.db.unreadable"), StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(file.resolveSibling("audit.db-wal"));
            Files.deleteIfExists(file.resolveSibling("audit.db-shm"));
            return connect(file);
        }
    }

    private static IndexStore connect(Path file) throws SQLException {
        var settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "NORMAL");
        settings.setProperty("busy_timeout", "2000");
        settings.setProperty("cache_size", CACHE_KIB);
        var connection = DriverManager.getConnection(url(file), settings);
        try {
            connection.setAutoCommit(false);
            var store = new IndexStore(connection);
            store.createSchema();
            return store;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void createSchema() throws SQLException {
        try (var statement = connection.createStatement()) {
            int found;
            try (var version = statement.executeQuery("PRAGMA user_version")) {
                found = version.next() ? version.getInt(1) : 0;
                if (found == VERSION) {
                    return;
                }
                if (found != 0 && found != UNCOUNTED) {
                    throw new SQLException(
                            "It was written by another version.", "", SQLiteErrorCode.SQLITE_NOTADB.code);
                }
            }
            for (var definition : found == UNCOUNTED ? List.<String>of() : SCHEMA) {
                statement.execute(definition);
            }
            for (var definition : CountIndexStore.SCHEMA) {
                statement.execute(definition);
            }
            statement.execute("PRAGMA user_version = 2");
            connection.commit();
        }
    }

    private static final List<String> SCHEMA = List.of(
            """
            CREATE TABLE place (
                id        INTEGER PRIMARY KEY CHECK (id = 1),
                node      INTEGER NOT NULL,
                segment   TEXT    NOT NULL,
                place     INTEGER NOT NULL,
                changes   INTEGER NOT NULL
            )
            """,
            "INSERT INTO place (id, node, segment, place, changes) VALUES (1, 0, '', 0, 0)",
            """
            CREATE TABLE scope_set (
                id    INTEGER PRIMARY KEY,
                names TEXT    NOT NULL UNIQUE -- sorted, a blank between
            )
            """,
            """
            CREATE TABLE event (
                id              TEXT    PRIMARY KEY,
                organization    TEXT    NOT NULL,
                at              INTEGER NOT NULL,
                event_name      TEXT    NOT NULL,
                action          TEXT    NOT NULL,
                change          TEXT    NOT NULL,
                principal       TEXT    NOT NULL,
                email           TEXT    NOT NULL,
                credential      TEXT    NOT NULL,
                credential_kind TEXT    NOT NULL,
                credential_name TEXT    NOT NULL,
                auth_method     TEXT    NOT NULL,
                minted_by       TEXT    NOT NULL,
                expires_at      INTEGER NOT NULL,
                scope_set       INTEGER NOT NULL REFERENCES scope_set (id),
                address         TEXT    NOT NULL,
                asset_type      TEXT    NOT NULL,
                asset_id        TEXT    NOT NULL,
                asset_name      TEXT    NOT NULL,
                api             TEXT    NOT NULL,
                operation       TEXT    NOT NULL,
                method          TEXT    NOT NULL,
                path            TEXT    NOT NULL,
                outcome         TEXT    NOT NULL,
                reason          TEXT    NOT NULL,
                revision        INTEGER NOT NULL,
                decision        TEXT    NOT NULL,
                details         TEXT    NOT NULL, -- JSON
                words           TEXT    NOT NULL  -- folded; what a free word is looked for in
            )
            """,
            "CREATE INDEX event_time ON event (organization, at, id)",
            "CREATE INDEX event_principal ON event (organization, principal, at)",
            "CREATE INDEX event_credential ON event (organization, credential, at)");

    Place place() throws SQLException {
        try (var query = connection.prepareStatement("SELECT node, segment, place, changes FROM place WHERE id = 1");
                var row = query.executeQuery()) {
            row.next();
            return new Place(
                    row.getInt("node"), row.getString("segment"), row.getLong("place"), row.getLong("changes"));
        } finally {
            connection.rollback();
        }
    }

    CountIndexStore counts() {
        return counts;
    }

    /** Adds events and counts and moves the place, in one transaction: nothing is lost and nothing comes twice. */
    void add(List<IndexedEvent> events, Collection<CallCount> calls, Place place) throws SQLException {
        try {
            insert(events);
            counts.add(calls);
            try (var update = connection.prepareStatement(
                    "UPDATE place SET node = ?, segment = ?, place = ?, changes = ? WHERE id = 1")) {
                update.setInt(1, place.node());
                update.setString(2, place.segment());
                update.setLong(3, place.offset());
                update.setLong(4, place.changes());
                update.executeUpdate();
            }
            connection.commit();
        } catch (SQLException e) {
            // What was numbered in this transaction is gone with it.
            scopeSets.clear();
            connection.rollback();
            throw e;
        }
    }

    private void insert(List<IndexedEvent> events) throws SQLException {
        // An index that starts again may meet an event that it knows.
        try (var insert = connection.prepareStatement("""
                INSERT INTO event (
                    id, organization, at, event_name, action, change, principal, email, credential, credential_kind,
                    credential_name, auth_method, minted_by, expires_at, address, asset_type, asset_id, asset_name, api,
                    operation, method, path, outcome, reason, revision, decision, details, words, scope_set)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """)) {
            if (scopeSets.size() > KNOWN_SCOPE_SETS) {
                scopeSets.clear();
            }
            for (var event : events) {
                var scopes = event.who().scopes();
                var known = scopeSets.get(scopes);
                var scopeSet = known == null ? scopeSet(scopes) : known;
                if (known == null) {
                    scopeSets.put(scopes, scopeSet);
                }
                bind(insert, event, scopeSet);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private long scopeSet(List<String> names) throws SQLException {
        try (var upsert = connection.prepareStatement("""
                INSERT INTO scope_set (names) VALUES (?)
                ON CONFLICT (names) DO UPDATE SET names = excluded.names
                RETURNING id
                """)) {
            upsert.setString(1, String.join(" ", names));
            try (var row = upsert.executeQuery()) {
                row.next();
                return row.getLong("id");
            }
        }
    }

    private static void bind(PreparedStatement insert, IndexedEvent event, long scopeSet) throws SQLException {
        var who = event.who();
        var asset = event.asset();
        var call = event.call();
        var values = List.<Object>of(
                event.id(),
                event.organization(),
                event.atMicros(),
                event.eventName(),
                event.action(),
                event.change(),
                who.principal(),
                who.email(),
                who.credential(),
                who.credentialKind(),
                who.credentialName(),
                who.authMethod(),
                who.mintedBy(),
                who.expiresAtMicros(),
                who.address(),
                asset.type(),
                asset.id(),
                asset.name(),
                call.api(),
                call.operation(),
                call.method(),
                call.path(),
                call.outcome(),
                call.reason(),
                call.revision(),
                event.decision(),
                event.details().isEmpty() ? "{}" : JsonMapper.shared().writeValueAsString(event.details()),
                event.words(),
                scopeSet);
        for (var i = 0; i < values.size(); i++) {
            insert.setObject(i + 1, values.get(i));
        }
    }

    /** Deletes some of the events before that time; how many it were. */
    int deleteBefore(long atMicros, int most) throws SQLException {
        var deleted = 0;
        try {
            // One organization after the other: the index on time is led by the organization.
            for (var organization = after(""); organization != null && deleted < most; ) {
                try (var delete = connection.prepareStatement("""
                        DELETE FROM event WHERE rowid IN (
                            SELECT rowid FROM event WHERE organization = ? AND at < ? LIMIT ?)
                        """)) {
                    delete.setString(1, organization);
                    delete.setLong(2, atMicros);
                    delete.setInt(3, most - deleted);
                    deleted += delete.executeUpdate();
                }
                organization = after(organization);
            }
            connection.commit();
            return deleted;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    private @org.jspecify.annotations.Nullable String after(String organization) throws SQLException {
        try (var query =
                connection.prepareStatement("SELECT min(organization) AS next FROM event WHERE organization > ?")) {
            query.setString(1, organization);
            try (var row = query.executeQuery()) {
                row.next();
                return row.getString("next");
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
