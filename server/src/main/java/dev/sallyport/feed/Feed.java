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
    private volatile long revision;
    private volatile long confirmedNanos;
    private volatile boolean isSetBack;
    private Optional<String> mark = Optional.empty();

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
            var history = new History(transaction, head(transaction));
            var reached = follower.load(transaction, history);
            return new Loaded(reached, history.mark(reached), history.head());
        });
        revision = loaded.revision();
        mark = loaded.mark();
        confirmedNanos = asked;
        while (revision < loaded.head()) {
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

    private record Loaded(long revision, Optional<String> mark, long head) {}

    private record Committed<R>(R result, long revision) {}

    /** What changed up to now. */
    public <R> R history(Function<History, R> work) {
        return database.reading(transaction -> work.apply(new History(transaction, head(transaction))));
    }

    /** The last revision that the follower has applied. */
    public long revision() {
        return revision;
    }

    /**
     * Whether the database confirmed what is in memory recently enough to decide by it. Never again once the database has lost a
     * change that is in memory: whatever came in its place is not.
     */
    public boolean isFresh() {
        return !isSetBack && System.nanoTime() - confirmedNanos <= maxStaleNanos;
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
        if (next <= revision) {
            throw FeedStalled.setBack();
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
            if (revision < wanted) {
                isPoked = true;
                changed.signal();
            }
            while (revision < wanted) {
                if (left <= 0 || isClosed || isSetBack) {
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
        while (!isClosed && !isSetBack) {
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

    private record Read(List<Entry> entries, Optional<String> mark) {
        Read {
            entries = List.copyOf(entries);
        }
    }

    /** Applies the next changes; true if there may be more. */
    private boolean applyNext(Follower follower) {
        var asked = System.nanoTime();
        var from = revision;
        var read = database.reading(transaction -> read(transaction, follower, from));
        if (read.isEmpty()) {
            isSetBack = true;
            LOG.error("The database no longer has change {}: it was set back. Restart this node.", from);
            reach(from);
            return false;
        }
        var entries = read.get().entries();
        if (entries.size() < BATCH) {
            // A full batch confirms nothing: what comes after it may end credentials that still look live here.
            confirmedNanos = asked;
        }
        if (entries.isEmpty()) {
            return false;
        }
        mark = read.get().mark();
        reach(entries.getLast().revision());
        return true;
    }

    /** Empty if the last change that was applied is no longer there, or is another one. */
    private Optional<Read> read(Transaction transaction, Follower follower, long from) {
        var history = new History(transaction, from);
        if (!history.mark(from).equals(mark)) {
            return Optional.empty();
        }
        var found = entriesAfter(transaction, from);
        found.forEach(entry -> follower.apply(transaction, entry.change()));
        return Optional.of(new Read(
                found, found.isEmpty() ? mark : history.mark(found.getLast().revision())));
    }

    private void reach(long reached) {
        lock.lock();
        try {
            revision = reached;
            applied.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private record Entry(long revision, Change change) {}

    private static List<Entry> entriesAfter(Transaction transaction, long revision) {
        return transaction
                .sql(
                        "SELECT revision, kind, organization_id, subject FROM feed WHERE revision > ? ORDER BY revision LIMIT ?")
                .with(revision, BATCH)
                .map(row -> new Entry(
                        row.number("revision"),
                        new Change(new ChangeKind(row.text("kind")), row.uuid("organization_id"), row.text("subject"))))
                .list();
    }

    private static long head(Transaction transaction) {
        return transaction
                .sql("SELECT revision FROM feed_head WHERE id = 1")
                .map(row -> row.number("revision"))
                .one();
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
