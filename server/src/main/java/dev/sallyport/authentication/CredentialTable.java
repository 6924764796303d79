package dev.sallyport.authentication;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Credentials by id: an open-addressing table with one writer and any number of readers that never lock.
 *
 * <p>A slot goes from empty to a credential and from one version of it to the next; it is never emptied, so a reader that walks
 * from the hashed slot to the first empty one has seen every credential that was there when it began. Growing builds a new
 * array and publishes it whole.
 */
final class CredentialTable {

    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(KnownCredential[].class);
    private static final int SMALLEST = 1 << 10;

    private volatile @Nullable KnownCredential[] slots = new KnownCredential[SMALLEST];
    private int size;

    @Nullable
    KnownCredential find(long idHigh, long idLow) {
        var table = slots;
        var mask = table.length - 1;
        for (var slot = hash(idHigh, idLow) & mask; ; slot = (slot + 1) & mask) {
            var candidate = (@Nullable KnownCredential) SLOTS.getAcquire(table, slot);
            if (candidate == null || (candidate.idLow() == idLow && candidate.idHigh() == idHigh)) {
                return candidate;
            }
        }
    }

    /** Only the follower's thread calls this. */
    void put(KnownCredential credential) {
        if ((size + 1) * 5L > slots.length * 3L) {
            grow();
        }
        if (insert(slots, credential)) {
            size++;
        }
    }

    int size() {
        return size;
    }

    private void grow() {
        var larger = new @Nullable KnownCredential[slots.length * 2];
        for (var credential : slots) {
            if (credential != null) {
                insert(larger, credential);
            }
        }
        slots = larger;
    }

    /** True if it was not there before. */
    private static boolean insert(@Nullable KnownCredential[] table, KnownCredential credential) {
        var mask = table.length - 1;
        var slot = hash(credential.idHigh(), credential.idLow()) & mask;
        while (true) {
            var present = table[slot];
            if (present == null || (present.idLow() == credential.idLow() && present.idHigh() == credential.idHigh())) {
                SLOTS.setRelease(table, slot, credential);
                return present == null;
            }
            slot = (slot + 1) & mask;
        }
    }

    /** Ids are random, but those of a test or an import need not be. */
    private static int hash(long idHigh, long idLow) {
        var mixed = (idHigh ^ (idLow * 0x9E3779B97F4A7C15L)) * 0xD6E8FEB86659FD93L;
        return (int) (mixed ^ (mixed >>> 32));
    }
}
