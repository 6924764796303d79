package dev.sallyport.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all request bodies together may take while they come in and wait.
 *
 * <p>Without it, slow uploads on every allowed connection could each hold a whole body.
 */
final class BodyRoom {

    private final AtomicLong free;

    BodyRoom(long bytes) {
        free = new AtomicLong(bytes);
    }

    /** Whether there was that much left. */
    boolean take(int bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        free.addAndGet(bytes);
        return false;
    }

    void release(int bytes) {
        free.addAndGet(bytes);
    }

    long free() {
        return free.get();
    }
}
