package dev.sallyport.authentication;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What very many credentials share, by number: one writer, any number of readers that never lock. What stands here stays.
 *
 * <p>A reader that found a number in a published row sees what stood there when the row was published.
 */
final class Shelf<T> {

    private static final int SMALLEST = 64;

    private volatile @Nullable Object[] items = new @Nullable Object[SMALLEST];
    private volatile int size;

    /** Only the follower's thread calls this; the number of the place. */
    int add(T item) {
        var place = size;
        if (place == items.length) {
            items = Arrays.copyOf(items, place * 2);
        }
        items[place] = item;
        size = place + 1;
        return place;
    }

    /** What is on it now, in order. */
    List<T> all() {
        return IntStream.range(0, size).mapToObj(this::at).toList();
    }

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked") // Nothing but a T is ever put in.
    T at(int place) {
        var item = items[place];
        if (item == null) {
            throw new IllegalStateException("nothing stands at " + place);
        }
        return (T) item;
    }
}
