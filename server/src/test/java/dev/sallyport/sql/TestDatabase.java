package dev.sallyport.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;

/** An empty control database of either kind, with the real schema. One PostgreSQL serves a whole test run. */
public enum TestDatabase {
    SQLITE {
        @Override
        public DatabaseUrl url() {
            try {
                return new DatabaseUrl.Sqlite(
                        Files.createTempDirectory("sallyport-test").resolve("sallyport.db"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    POSTGRESQL {
        @Override
        public DatabaseUrl url() {
            var name = "test_" + UUID.randomUUID().toString().replace("-", "");
            try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
            return new DatabaseUrl.Postgresql(Server.RUNNING.getJdbcUrl("postgres", name));
        }
    };

    /** Where to find a new, empty database. */
    public abstract DatabaseUrl url();

    public Database open() {
        return Database.open(url());
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                // The operating system ends it with this process; the shutdown hook removes its files.
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
