package dev.sallyport.sql;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** An open transaction: the one argument without which nothing is read or written. */
public final class Transaction {

    private final Handle handle;

    Transaction(Handle handle) {
        this.handle = handle;
    }

    /**
     * A statement with {@code ?} for each value.
     *
     * <p>The text must be a constant: values are bound, never joined into it.
     */
    public Statement sql(String text) {
        return new Statement(handle, text, new Object[0]);
    }

    /** A statement and the values of its places, in order. */
    public static final class Statement {

        private final Handle handle;
        private final String text;
        private final @Nullable Object[] values;

        private Statement(Handle handle, String text, @Nullable Object[] values) {
            this.handle = handle;
            this.text = text;
            this.values = values;
        }

        /** Ids, instants and enums go in as text, microseconds and names; null goes in as null. */
        public Statement with(@Nullable Object... values) {
            return new Statement(handle, text, values);
        }

        /** Runs a change; the number of rows that it touched. */
        public int update() {
            return Values.bind(handle.createUpdate(text), values).execute();
        }

        /** Runs a change once for each list of values, in few round trips; how many rows each of them touched. */
        public int[] updateEach(List<@Nullable Object[]> each) {
            if (each.isEmpty()) {
                return new int[0];
            }
            try (var batch = handle.prepareBatch(text)) {
                each.forEach(one -> Values.bind(batch, one).add());
                return batch.execute();
            }
        }

        /** Runs a query, or a change with {@code RETURNING}. */
        public <T> Rows<T> map(RowReader<T> reader) {
            // Rows are streamed where many are read; the default of the PostgreSQL driver is to hold them all.
            return new Rows<>(Values.bind(handle.createQuery(text), values)
                    .setFetchSize(1_000)
                    .map((results, _) -> reader.read(new Row(results))));
        }
    }

    /** Turns a row into a value. */
    public interface RowReader<T> {
        T read(Row row);
    }
}
