package dev.sallyport.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.result.ResultIterable;

/** The answer of a query. */
public final class Rows<T> {

    private final ResultIterable<T> results;

    Rows(ResultIterable<T> results) {
        this.results = results;
    }

    /** The only row. */
    public T one() {
        return results.one();
    }

    /** The only row, if there is one. */
    public Optional<T> optional() {
        return results.findOne();
    }

    public List<T> list() {
        return results.list();
    }

    /** Row by row, without holding all of them. */
    public void forEach(Consumer<T> action) {
        results.forEach(action);
    }
}
