package dev.sallyport.feed;

import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs changes, and follows those of every node. */
public final class Feed implements AutoCloseable {

    /** How long another node's change may go unnoticed; a change of this node wakes the follower at once. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private static final Duration LONGEST_ACKNOWLEDGEMENT = Duration.ofSeconds(5);
    private static final int BATCH = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private final Database database;
    private final InstantSource clock;
    private final long maxStaleNanos;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition applied = lock.newCondition();
    private boolean isPoked;
    private @Nullable Thread thread;
    private volatile boolean isClosed;
    private volatile Position position = new Position(0, "");
    private volatile boolean isLost;
    private volatile long confirmedNanos;

    /** @param maxStale how long decisions go on without a word from the database */
    public Feed(Database database, InstantSource clock, Duration maxStale) {
        this.database = database;
        this.clock = clock;
        this.maxStaleNanos = maxStale.toNanos();
    }

    /** Loads everything and begins to follow. Before this, changes are committed but never acknowledged. */
    public void start(Follower follower) {
        var asked = System.nanoTime();
        var loaded = database.readingAll(transaction -> {
            var history = History.of(transaction);
            var revision = follower.load(transaction, history);
            var mark = history.mark(revision).orElse(history.epoch());
            return new Loaded(new Position(revision, mark), history.head());
        });
        position = loaded.position();
        confirmedNanos = asked;
        while (position.revision() < loaded.head()) {
            // What was loaded had been kept for a while.
            applyNext(follower);
        }
        thread = Thread.ofPlatform().name("feed-follower").daemon().start(() -> follow(follower));
    }

    /** Runs a use case in one transaction. Its change is committed, and applied on this node, when this returns. */
    public <R> R change(Function<Transaction, Outcome<R>> work) {
        var committed = database.inTransaction(transaction -> {
            var outcome = work.apply(transaction);
            var last = 0L;
            for (var change : outcome.changes()) {
                last = append(transaction, change);
            }
            return new Committed<>(outcome.result(), last);
        });
        await(committed.revision());
        return committed.result();
    }

    private record Loaded(Position position, long head) {}

    private record Committed<R>(R result, long revision) {}

    /** The last revision that the follower has applied. */
    public long revision() {
        return position.revision();
    }

    /** The last change that the follower has applied. */
    public Position position() {
        return position;
    }

    /** Where the database stands now, if a change that was applied here is still in its past. */
    public Optional<Position> latestAfter(Position applied) {
        return database.reading(transaction -> {
            var history = History.of(transaction);
            return history.mark(applied.revision()).equals(Optional.of(applied.mark()))
                    ? Optional.of(history.position())
                    : Optional.empty();
        });
    }

    /** Whether the database confirmed what is in memory recently enough to decide by it. */
    public boolean isFresh() {
        return !isLost && System.nanoTime() - confirmedNanos <= maxStaleNanos;
    }

    /** Since the start of the query that last confirmed what is in memory. */
    public Duration staleness() {
        return Duration.ofNanos(System.nanoTime() - confirmedNanos);
    }

    /** The last statements of a change: from here to the commit no other change can take a revision. */
    private long append(Transaction transaction, Change change) {
        var next = transaction
                .sql("UPDATE feed_head SET revision = revision + 1 WHERE id = 1 RETURNING revision")
                .map(row -> row.number("revision"))
                .one();
        if (next <= revision()) {
            // Nobody can have applied what is not committed: the database was put back, and the follower has not
            // noticed.
            throw FeedStalled.putBack(next);
        }
        transaction
                .sql("INSERT INTO feed (revision, kind, organization_id, subject, at) VALUES (?, ?, ?, ?, ?)")
                .with(next, change.kind().name(), change.organization(), change.subject(), clock.instant())
                .update();
        return next;
    }

    private void await(long wanted) {
        var left = LONGEST_ACKNOWLEDGEMENT.toNanos();
        lock.lock();
        try {
            if (revision() < wanted) {
                isPoked = true;
                changed.signal();
            }
            while (revision() < wanted) {
                if (left <= 0 || isClosed) {
                    throw new FeedStalled(wanted);
                }
                left = applied.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FeedStalled(wanted);
        } finally {
            lock.unlock();
        }
    }

    private void follow(Follower follower) {
        while (!isClosed) {
            try {
                while (applyNext(follower)) {
                    // More may have come meanwhile.
                }
            } catch (RuntimeException e) {
                // Decisions go on from memory until they are too stale; the next round tries again.
                LOG.warn("The change feed could not be followed: {}", e.getMessage());
            }
            pause();
        }
    }

    /** Applies the next changes; true if there may be more. */
    private boolean applyNext(Follower follower) {
        var asked = System.nanoTime();
        var from = position;
        var most = from.revision() == 0 ? BATCH : BATCH + 1;
        var found = database.reading(transaction -> {
            var history = History.of(transaction);
            // The change that was applied last comes first: if it is another by now, all that is in memory is of
            // another past.
            var entries = history.from(from.revision(), most);
            if (continues(from, history, entries)) {
                entries.stream()
                        .filter(entry -> entry.position().revision() > from.revision())
                        .forEach(entry -> follower.apply(transaction, entry.change()));
                return Optional.of(entries);
            }
            return Optional.<List<Entry>>empty();
        });
        if (found.isEmpty()) {
            loadAgain(follower);
            return true;
        }
        var entries = found.get();
        if (entries.size() < most) {
            // A full batch confirms nothing: what comes after it may end credentials that still look live here.
            confirmedNanos = asked;
        }
        if (entries.isEmpty() || entries.getLast().position().equals(from)) {
            return false;
        }
        reach(entries.getLast().position());
        return true;
    }

    private static boolean continues(Position from, History history, List<Entry> entries) {
        return from.revision() == 0
                ? from.mark().equals(history.epoch())
                : !entries.isEmpty() && entries.getFirst().position().equals(from);
    }

    /** The database was put back to an earlier state. Until everything is read again, nothing is decided. */
    private void loadAgain(Follower follower) {
        if (!isLost) {
            LOG.warn("The database has another past than this node: it was restored. Everything is read again.");
        }
        isLost = true;
        var asked = System.nanoTime();
        var loaded = database.readingAll(transaction -> {
            follower.load(transaction);
            return History.of(transaction).position();
        });
        confirmedNanos = asked;
        reach(loaded);
        isLost = false;
        LOG.warn("This node follows the restored database, from revision {} on.", loaded.revision());
    }

    private void reach(Position next) {
        lock.lock();
        try {
            position = next;
            applied.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        lock.lock();
        try {
            var left = POLL_INTERVAL.toNanos();
            while (!isPoked && left > 0) {
                left = changed.awaitNanos(left);
            }
            isPoked = false;
        } catch (InterruptedException e) {
            isClosed = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        lock.lock();
        try {
            applied.signalAll();
        } finally {
            lock.unlock();
        }
        var following = thread;
        if (following == null) {
            return;
        }
        following.interrupt();
        try {
            following.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
