package dev.sallyport.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One row of an answer, read by column name. */
public final class Row {

    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    public String text(String column) {
        return required(column, read(() -> results.getString(column)));
    }

    public Optional<String> optionalText(String column) {
        return Optional.ofNullable(read(() -> results.getString(column)));
    }

    public UUID uuid(String column) {
        return UUID.fromString(text(column));
    }

    public Optional<UUID> optionalUuid(String column) {
        return optionalText(column).map(UUID::fromString);
    }

    public byte[] bytes(String column) {
        return required(column, read(() -> results.getBytes(column)));
    }

    public int integer(String column) {
        return Math.toIntExact(number(column));
    }

    public long number(String column) {
        return optionalNumber(column).orElseThrow(() -> missing(column));
    }

    public Optional<Long> optionalNumber(String column) {
        return Optional.ofNullable(read(() -> {
            var value = results.getLong(column);
            return results.wasNull() ? null : value;
        }));
    }

    /** Times are stored as microseconds since 1970 in UTC. */
    public Instant instant(String column) {
        return Micros.toInstant(number(column));
    }

    public Optional<Instant> optionalInstant(String column) {
        return optionalNumber(column).map(Micros::toInstant);
    }

    private static <T> T required(String column, @org.jspecify.annotations.Nullable T value) {
        if (value == null) {
            throw missing(column);
        }
        return value;
    }

    private static IllegalStateException missing(String column) {
        return new IllegalStateException("column " + column + " is null");
    }

    private static <T extends @org.jspecify.annotations.Nullable Object> T read(Read<T> read) {
        try {
            return read.read();
        } catch (SQLException e) {
            throw new SqlFailure("A row could not be read.", e);
        }
    }

    private interface Read<T extends @org.jspecify.annotations.Nullable Object> {
        T read() throws SQLException;
    }
}
