package dev.sallyport.audit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.SqlFailure;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** {@code audit.db}, for reading. The text of a search is put together from constants; what people wrote is only bound. */
final class SearchStore implements AutoCloseable {

    private static final int READERS = 4;
    private static final int SECONDS = 2;
    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

    /** @param after null for the first page */
    record Search(
            String organization,
            EventQuery query,
            long fromMicros,
            long toMicros,
            Order order,
            @Nullable SearchCursor after,
            int limit) {}

    enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    private final HikariDataSource readers;

    SearchStore(Path file) {
        var config = new HikariConfig();
        config.setPoolName("audit-reader");
        config.setJdbcUrl(IndexStore.url(file));
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(SECONDS * 1_000L);
        config.addDataSourceProperty("busy_timeout", String.valueOf(SECONDS * 1_000));
        readers = new HikariDataSource(config);
    }

    /** The events, at most {@code limit}; nothing if the search took too long. */
    Optional<List<IndexedEvent>> find(Search search) {
        var values = new ArrayList<Object>();
        var text = text(search, values);
        try (var connection = readers.getConnection();
                var query = connection.prepareStatement(text)) {
            query.setQueryTimeout(SECONDS);
            for (var i = 0; i < values.size(); i++) {
                query.setObject(i + 1, values.get(i));
            }
            var events = new ArrayList<IndexedEvent>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    events.add(read(rows));
                }
            }
            return Optional.of(events);
        } catch (SQLException e) {
            if (e.getErrorCode() == SQLiteErrorCode.SQLITE_INTERRUPT.code) {
                return Optional.empty();
            }
            throw new SqlFailure("The search index could not be read.", e);
        }
    }

    private static final String COLUMNS = """
            SELECT event.id, organization, at, event_name, action, change, principal, email, credential,
                credential_kind, credential_name, minted_by, expires_at, address, asset_type, asset_id, asset_name,
                api, operation, method, path, outcome, reason, revision, decision, details, scope_set.names
            FROM event JOIN scope_set ON scope_set.id = event.scope_set
            """;

    /** One event of an organization. */
    Optional<IndexedEvent> find(OrganizationId organization, AuditId id) {
        try (var connection = readers.getConnection();
                var query = connection.prepareStatement(COLUMNS + "WHERE organization = ? AND event.id = ?")) {
            query.setQueryTimeout(SECONDS);
            query.setString(1, organization.toString());
            query.setString(2, id.toString());
            try (var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(read(rows)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new SqlFailure("The search index could not be read.", e);
        }
    }

    private static String text(Search search, List<Object> values) {
        var text = new StringBuilder(COLUMNS).append("WHERE organization = ? AND at >= ? AND at <= ?\n");
        values.addAll(List.of(search.organization(), search.fromMicros(), search.toMicros()));
        for (var term : search.query().terms()) {
            text.append(term.isNegated() ? " AND NOT (" : " AND (");
            condition(term, text, values);
            text.append(')');
        }
        var after = search.after();
        if (after != null) {
            text.append(
                    switch (search.order()) {
                        case NEWEST_FIRST -> " AND (at, event.id) < (?, ?)";
                        case OLDEST_FIRST -> " AND (at, event.id) > (?, ?)";
                    });
            values.add(after.atMicros());
            values.add(after.id());
        }
        text.append(
                switch (search.order()) {
                    case NEWEST_FIRST -> " ORDER BY at DESC, event.id DESC LIMIT ?";
                    case OLDEST_FIRST -> " ORDER BY at, event.id LIMIT ?";
                });
        values.add(search.limit());
        return text.toString();
    }

    private static void condition(EventQuery.Term term, StringBuilder text, List<Object> values) {
        switch (term) {
            case EventQuery.Term.Word word -> {
                text.append("words LIKE ? ESCAPE '\\'");
                values.add("%" + escaped(word.text()) + "%");
            }
            case EventQuery.Term.Match match -> {
                text.append(match.field().column());
                if (match.isPrefix() && match.value().isEmpty()) {
                    text.append(" <> ''");
                } else if (match.field().isId() && !match.isPrefix()) {
                    text.append(" = ?");
                    values.add(match.value());
                } else {
                    text.append(" LIKE ? ESCAPE '\\'");
                    values.add(escaped(match.value()) + (match.isPrefix() ? "%" : ""));
                }
            }
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static IndexedEvent read(ResultSet row) throws SQLException {
        return new IndexedEvent(
                row.getString("id"),
                row.getString("organization"),
                row.getLong("at"),
                row.getString("event_name"),
                row.getString("action"),
                row.getString("change"),
                who(row),
                new IndexedEvent.Asset(
                        row.getString("asset_type"), row.getString("asset_id"), row.getString("asset_name")),
                new IndexedEvent.Call(
                        row.getString("api"),
                        row.getString("operation"),
                        row.getString("method"),
                        row.getString("path"),
                        row.getString("outcome"),
                        row.getString("reason"),
                        row.getLong("revision")),
                row.getString("decision"),
                JsonMapper.shared().readValue(row.getString("details"), DETAILS));
    }

    private static IndexedEvent.Who who(ResultSet row) throws SQLException {
        var scopes = row.getString("names");
        return new IndexedEvent.Who(
                row.getString("principal"),
                row.getString("email"),
                row.getString("credential"),
                row.getString("credential_kind"),
                row.getString("credential_name"),
                row.getString("minted_by"),
                row.getLong("expires_at"),
                scopes.isEmpty() ? List.of() : Arrays.asList(scopes.split(" ")),
                row.getString("address"));
    }

    @Override
    public void close() {
        readers.close();
    }
}
