package dev.sallyport.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has one file full of zeros ready for when a segment is full: a commit then waits for no room and changes no metadata. A thread
 * of its own makes it, of the oldest segment where that is kept no longer.
 *
 * <p>Zeros, and not whatever was there: nothing old can be taken for a record after a power cut, and what retention has ended
 * is gone.
 */
final class SpareSegment implements Runnable {

    /** Names that no segment has. */
    static final String READY = "spare";

    static final String IN_THE_MAKING = "spare.new";

    private static final Logger LOG = LoggerFactory.getLogger(SpareSegment.class);

    /** Forced piece by piece, so that a commit of the other file never waits behind much of this one. */
    private static final long PIECE = 1L << 20;

    private enum State {
        NONE,
        WANTED,
        THERE
    }

    /** Lets go of the oldest segment if it is kept no longer. */
    interface Retention {

        /** Whether that was one, and is now of this name. */
        boolean giveOldest(String name) throws IOException;
    }

    private final LogFiles files;
    private final LogLimits limits;
    private final Semaphore wanted = new Semaphore(0);
    private final AtomicReference<State> state = new AtomicReference<>(State.NONE);
    private @Nullable Retention retention;
    private volatile boolean isClosed;

    SpareSegment(LogFiles files, LogLimits limits) {
        this.files = files;
        this.limits = limits;
    }

    /** Before the thread is started. */
    void recycle(Retention from) {
        this.retention = from;
    }

    boolean isThere() {
        return state.get() == State.THERE;
    }

    /** Asks for one, if there is none. Never waits. */
    void want() {
        if (state.compareAndSet(State.NONE, State.WANTED)) {
            wanted.release();
        }
    }

    /** What is ready, under that name; null if nothing is. */
    LogFiles.@Nullable LogFile takeAs(String name) throws IOException {
        if (!state.compareAndSet(State.THERE, State.NONE)) {
            return null;
        }
        files.rename(READY, name);
        return files.open(name);
    }

    @Override
    public void run() {
        while (true) {
            wanted.acquireUninterruptibly();
            if (isClosed) {
                return;
            }
            try {
                if (!make()) {
                    return;
                }
                state.set(State.THERE);
            } catch (IOException | RuntimeException e) {
                LOG.warn("No room could be set aside for the decision log: {}", String.valueOf(e.getMessage()));
                pause(limits.longestRetry());
                state.set(State.NONE);
            }
        }
    }

    /** False if the log was closed meanwhile. */
    private boolean make() throws IOException {
        if (files.sizeOf(READY).orElse(0) == limits.segmentBytes()) {
            return true;
        }
        if (retention == null || !retention.giveOldest(IN_THE_MAKING)) {
            limits.checkRoom(files, limits.segmentBytes());
        }
        try (var file = files.openOrCreate(IN_THE_MAKING)) {
            for (var at = 0L; at < limits.segmentBytes(); at += PIECE) {
                if (isClosed) {
                    return false;
                }
                file.preallocate(at, Math.min(at + PIECE, limits.segmentBytes()));
                file.force();
            }
            file.truncate(limits.segmentBytes());
            file.force();
        }
        files.rename(IN_THE_MAKING, READY);
        return true;
    }

    /** A closed log waits for nothing. */
    private void pause(Duration time) {
        try {
            if (wanted.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
                wanted.release();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody may interrupt the thread that sets room aside", e);
        }
    }

    void close() {
        isClosed = true;
        wanted.release();
    }
}
