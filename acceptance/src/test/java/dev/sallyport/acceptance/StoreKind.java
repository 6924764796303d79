package dev.sallyport.acceptance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Where a server keeps its control database. One PostgreSQL serves a whole test run. */
enum StoreKind {
    SQLITE {
        @Override
        List<String> emptyDatabase() {
            return List.of();
        }
    },
    POSTGRESQL {
        @Override
        List<String> emptyDatabase() {
            var name = "test_" + UUID.randomUUID().toString().replace("-", "");
            try (var connection = Cluster.RUNNING.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return List.of("--database", "postgresql://postgres@localhost:" + Cluster.RUNNING.getPort() + "/" + name);
        }
    };

    /** The options that name a new, empty database. */
    abstract List<String> emptyDatabase();

    private static final class Cluster {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                // Its shutdown hook ends it with this process and removes its files.
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
