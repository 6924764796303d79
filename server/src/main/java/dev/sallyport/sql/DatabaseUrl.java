package dev.sallyport.sql;

import java.nio.file.Path;
import java.util.Optional;

/** Where the control database is. */
public sealed interface DatabaseUrl {

    record Sqlite(Path file) implements DatabaseUrl {}

    /** @param jdbcUrl with the user; the password may come from it or from the file that {@code PGPASSFILE} names */
    record Postgresql(String jdbcUrl) implements DatabaseUrl {
        @Override
        public String toString() {
            // The URL may carry a password.
            return "Postgresql(hidden)";
        }
    }

    /** {@code sqlite:PATH} or {@code postgresql://[user[:password]@]host[:port]/database[?parameters]}. */
    static Optional<DatabaseUrl> parse(String text) {
        if (text.startsWith("sqlite:") && text.length() > "sqlite:".length()) {
            return Optional.of(new Sqlite(Path.of(text.substring("sqlite:".length()))));
        }
        return PostgresqlUrl.toJdbc(text).map(Postgresql::new);
    }
}
