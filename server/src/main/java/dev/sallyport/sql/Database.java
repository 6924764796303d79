package dev.sallyport.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The control database.
 *
 * <p>SQLite has one writing connection that begins with {@code BEGIN IMMEDIATE}, because a transaction that reads first and
 * writes later fails there under competition; readers see a snapshot. PostgreSQL runs READ COMMITTED, so a rule that decides
 * a race is a conditional update or a unique index in both. A transaction lasts at most two seconds.
 */
public final class Database implements AutoCloseable {

    private static final int READERS = 4;
    private static final int POSTGRESQL_WRITERS = 8;
    private static final int LONGEST_TRANSACTION_MILLIS = 2_000;

    private final HikariDataSource writing;
    private final HikariDataSource reading;
    private final Jdbi writer;
    private final Jdbi reader;
    private final boolean isShared;

    private Database(HikariDataSource writing, HikariDataSource reading, boolean isShared) {
        this.writing = writing;
        this.reading = reading;
        this.writer = Jdbi.create(writing);
        this.reader = Jdbi.create(reading);
        this.isShared = isShared;
    }

    /**
     * Opens the database and brings its schema up to date.
     *
     * @throws SqlFailure if it cannot be reached or is not ours
     */
    public static Database open(DatabaseUrl url) {
        try {
            var database = connect(url);
            try {
                database.migrate();
            } catch (RuntimeException e) {
                database.close();
                throw e;
            }
            return database;
        } catch (FlywayException e) {
            throw new SqlFailure("The schema could not be brought up to date: " + firstLine(e), e);
        } catch (RuntimeException e) {
            throw e instanceof SqlFailure failure
                    ? failure
                    : new SqlFailure("The database could not be opened: " + firstLine(e), e);
        }
    }

    private static Database connect(DatabaseUrl url) {
        return switch (url) {
            case DatabaseUrl.Sqlite(var file) -> {
                var jdbc = "jdbc:sqlite:" + file.toAbsolutePath();
                var writing = pool(jdbc, 1, "sqlite-writer");
                // A read transaction must not take the write lock.
                var reading = pool(jdbc + "?transaction_mode=DEFERRED", READERS, "sqlite-reader");
                yield new Database(writing, reading, false);
            }
            case DatabaseUrl.Postgresql(var jdbc) -> {
                var pool = pool(jdbc, POSTGRESQL_WRITERS, "postgresql");
                yield new Database(pool, pool, true);
            }
        };
    }

    private static HikariDataSource pool(String jdbcUrl, int size, String name) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(LONGEST_TRANSACTION_MILLIS);
        config.setAutoCommit(true);
        if (jdbcUrl.startsWith("jdbc:sqlite:")) {
            config.addDataSourceProperty("journal_mode", "WAL");
            config.addDataSourceProperty("synchronous", "FULL");
            config.addDataSourceProperty("foreign_keys", "true");
            config.addDataSourceProperty("busy_timeout", String.valueOf(LONGEST_TRANSACTION_MILLIS));
            if (!jdbcUrl.contains("transaction_mode")) {
                config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
            }
        } else {
            config.addDataSourceProperty("connectTimeout", "2");
            config.addDataSourceProperty("socketTimeout", "10");
            config.addDataSourceProperty("tcpKeepAlive", "true");
            config.addDataSourceProperty("ApplicationName", "sallyport");
            config.addDataSourceProperty(
                    "options",
                    "-c statement_timeout=" + LONGEST_TRANSACTION_MILLIS + " -c idle_in_transaction_session_timeout="
                            + LONGEST_TRANSACTION_MILLIS);
        }
        return new HikariDataSource(config);
    }

    private void migrate() {
        // Names are compared and ordered byte by byte in both.
        var binary = isShared ? "COLLATE \"C\"" : "COLLATE BINARY";
        Flyway.configure()
                .dataSource(writing)
                .locations("classpath:dev/sallyport/migrations")
                .placeholders(Map.of("binary", binary))
                .load()
                .migrate();
    }

    /** Whether other nodes may write to it as well. */
    public boolean isShared() {
        return isShared;
    }

    /** Runs a change. It is committed when this returns, and undone whole if {@code work} throws. */
    public <R> R inTransaction(Function<Transaction, R> work) {
        return run(writer, TransactionIsolationLevel.UNKNOWN, work);
    }

    /** Runs queries that all see the same moment. */
    public <R> R reading(Function<Transaction, R> work) {
        return run(
                reader, isShared ? TransactionIsolationLevel.REPEATABLE_READ : TransactionIsolationLevel.UNKNOWN, work);
    }

    /** Like {@link #reading}, for the one read of everything at the start: it may take as long as it needs. */
    public <R> R readingAll(Function<Transaction, R> work) {
        return reading(transaction -> {
            if (isShared) {
                transaction.sql("SET LOCAL statement_timeout = 0").update();
            }
            return work.apply(transaction);
        });
    }

    private static <R> R run(Jdbi jdbi, TransactionIsolationLevel isolation, Function<Transaction, R> work) {
        try {
            return jdbi.inTransaction(isolation, handle -> work.apply(new Transaction(handle)));
        } catch (ConnectionException e) {
            throw new SqlFailure("The database is out of reach.", e);
        } catch (JdbiException e) {
            throw new SqlFailure("The database refused: " + firstLine(e), e);
        }
    }

    private static String firstLine(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        writing.close();
        reading.close();
    }
}
