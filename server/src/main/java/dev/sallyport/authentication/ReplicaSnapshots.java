package dev.sallyport.authentication;

import dev.sallyport.feed.Feed;
import dev.sallyport.feed.History;
import dev.sallyport.permission.Permissions;
import dev.sallyport.secret.Pepper;
import dev.sallyport.sql.Micros;
import dev.sallyport.sql.SqlFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the credentials of the replica in a local file, so that the next start need not read them all from the database.
 *
 * <p>A snapshot is never trusted over the feed: it counts only if the change that it ends with, and the last one that can be in
 * it, are in the feed, word for word, and every change since is applied before anything is decided. Whatever is odd about it, the database is read instead.
 */
public final class ReplicaSnapshots implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final Duration LONGEST_LAST_WRITE = Duration.ofSeconds(30);

    /** A file that lags by fewer changes is not written again before the server stops. */
    private static final int WORTH_WRITING = 2_000;

    /** Reading so many rows again one by one takes longer than reading all of a table. */
    private static final int WORTH_READING = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(ReplicaSnapshots.class);

    private final SnapshotFile file;
    private final Feed feed;
    private final Replica replica;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stop = lock.newCondition();
    private boolean isClosed;
    private long kept;
    private @Nullable Thread thread;

    /** @param file replaced whole; it belongs to this node alone */
    public ReplicaSnapshots(
            Path file, Pepper pepper, Replica replica, Permissions permissions, Feed feed, InstantSource clock) {
        this.file = new SnapshotFile(file, pepper, permissions);
        this.feed = feed;
        this.replica = replica;
        this.clock = clock;
    }

    /** Fills an empty replica; the revision that it then is at. Empty if nothing was kept that fits this history. */
    OptionalLong restore(History history) {
        try {
            var restored = file.read(kept -> fits(kept, history), replica, rememberedMicros());
            kept = restored.orElse(0);
            return restored;
        } catch (IOException | RuntimeException e) {
            LOG.warn("The snapshot of the replica is not used, the database is read instead: {}", e.getMessage());
            return OptionalLong.empty();
        }
    }

    private long rememberedMicros() {
        return Micros.of(clock.instant().minus(ReplicaFollower.REMEMBERED));
    }

    private static boolean fits(SnapshotFile.Ending ending, History history) {
        return ending.revision() <= history.head()
                && history.head() - ending.revision() <= WORTH_READING
                && history.mark(ending.revision()).equals(Optional.of(ending.mark()));
    }

    /** From now on it is written every ten minutes if much has changed. */
    public void start() {
        thread = Thread.ofPlatform().name("replica-snapshot").daemon().start(this::keep);
    }

    private void keep() {
        while (pause()) {
            if (feed.revision() - kept >= WORTH_WRITING) {
                write();
            }
        }
    }

    /** False once closed. */
    private boolean pause() {
        lock.lock();
        try {
            var left = INTERVAL.toNanos();
            while (!isClosed && left > 0) {
                left = stop.awaitNanos(left);
            }
            return !isClosed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is in memory now. Changes may go on meanwhile: those are applied again after a restore. */
    void write() {
        // As this node has applied it; what is not fresh may be of a past that the database has lost.
        var position = feed.position();
        if (position.revision() == kept || position.revision() == 0 || !feed.isFresh()) {
            return;
        }
        try {
            file.write(new SnapshotFile.Ending(position.revision(), position.mark()), this::latest, replica);
            kept = position.revision();
        } catch (IOException | UncheckedIOException | SqlFailure e) {
            LOG.warn(
                    "The snapshot of the replica could not be written; the next start reads the database: {}",
                    e.getMessage());
        }
    }

    /**
     * Rows may hold changes that came while they were written: if these are lost, whatever they made must be too.
     *
     * @throws UncheckedIOException if the database has lost what is in memory
     */
    private SnapshotFile.Ending latest() {
        var applied = feed.position();
        return feed.latestAfter(applied)
                .map(latest -> new SnapshotFile.Ending(latest.revision(), latest.mark()))
                .orElseThrow(() -> new UncheckedIOException(new IOException("the database was put back")));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            stop.signalAll();
        } finally {
            lock.unlock();
        }
        var keeping = thread;
        if (keeping == null) {
            return;
        }
        try {
            if (keeping.join(LONGEST_LAST_WRITE)) {
                write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
