package dev.sallyport.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Binds values in the forms that both databases store alike. */
final class Values {

    private Values() {}

    static <S extends SqlStatement<S>> S bind(S statement, @Nullable Object[] values) {
        for (var i = 0; i < values.length; i++) {
            var value = values[i];
            statement.bind(i, (Argument) (place, prepared, _) -> bind(prepared, place, value));
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(place, Types.NULL);
            case String text -> statement.setString(place, text);
            case UUID id -> statement.setString(place, id.toString());
            case Instant instant -> statement.setLong(place, Micros.of(instant));
            case Long number -> statement.setLong(place, number);
            case Integer number -> statement.setLong(place, number);
            case byte[] bytes -> statement.setBytes(place, bytes);
            default ->
                throw new IllegalArgumentException(
                        "cannot store a " + value.getClass().getName());
        }
    }
}
