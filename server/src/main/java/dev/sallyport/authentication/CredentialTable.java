package dev.sallyport.authentication;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of credentials by sixteen of their bytes: an open-addressing table with one writer and any number of readers that never
 * lock.
 *
 * <p>A slot goes from empty to a row and from one version of it to the next; it is never emptied, so a reader that walks
 * from the hashed slot to the first empty one has seen every credential that was there when it began. Growing builds a new
 * array and publishes it whole.
 */
final class CredentialTable {

    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(byte[][].class);
    private static final int SMALLEST = 1 << 10;

    private final int key;
    private volatile byte[] @Nullable [] slots = new byte[SMALLEST] @Nullable [];
    private int size;

    /** @param key where in a row the sixteen bytes begin */
    CredentialTable(int key) {
        this.key = key;
    }

    byte @Nullable [] find(long high, long low) {
        var table = slots;
        var mask = table.length - 1;
        for (var slot = hash(high, low) & mask; ; slot = (slot + 1) & mask) {
            var candidate = (byte @Nullable []) SLOTS.getAcquire(table, slot);
            if (candidate == null || isOf(candidate, high, low)) {
                return candidate;
            }
        }
    }

    /** Only the follower's thread calls this. */
    void put(byte[] row) {
        if ((size + 1) * 5L > slots.length * 3L) {
            grow();
        }
        if (insert(slots, row)) {
            size++;
        }
    }

    int size() {
        return size;
    }

    /** Every row that was there when this began, in one version or another; later ones may be among them. */
    void forEach(Consumer<byte[]> action) {
        var table = slots;
        for (var slot = 0; slot < table.length; slot++) {
            var row = (byte @Nullable []) SLOTS.getAcquire(table, slot);
            if (row != null) {
                action.accept(row);
            }
        }
    }

    private void grow() {
        var larger = new byte[slots.length * 2] @Nullable [];
        for (var row : slots) {
            if (row != null) {
                insert(larger, row);
            }
        }
        slots = larger;
    }

    /** True if it was not there before. */
    private boolean insert(byte[] @Nullable [] table, byte[] row) {
        var high = CredentialRow.word(row, key);
        var low = CredentialRow.word(row, key + Long.BYTES);
        var mask = table.length - 1;
        var slot = hash(high, low) & mask;
        while (true) {
            var present = table[slot];
            if (present == null || isOf(present, high, low)) {
                SLOTS.setRelease(table, slot, row);
                return present == null;
            }
            slot = (slot + 1) & mask;
        }
    }

    private boolean isOf(byte[] row, long high, long low) {
        return CredentialRow.word(row, key + Long.BYTES) == low && CredentialRow.word(row, key) == high;
    }

    /** Ids are random, but those of a test or an import need not be. */
    private static int hash(long high, long low) {
        var mixed = (high ^ (low * 0x9E3779B97F4A7C15L)) * 0xD6E8FEB86659FD93L;
        return (int) (mixed ^ (mixed >>> 32));
    }
}
