package dev.sallyport.audit;

import dev.sallyport.sql.Database;
import dev.sallyport.sql.Micros;
import dev.sallyport.sql.SqlFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is on record into the index: decisions from the log, changes from the control database. It keeps a pace, so
 * that searching never costs the calls that are decided; while there are many of them it takes a small share of one core, and
 * if it lags, it lags.
 */
final class Indexer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);
    private static final int BATCH = 1_000;
    private static final long NANOS_PER_EVENT = 50_000;

    /** So many decisions in a second are many: indexing each at once would take a fifth of a core. */
    private static final long MANY_A_SECOND = 5_000;

    /** While there are many, the rest after a piece of work for each part of its time: an eighth of a core is used. */
    private static final int RESTS = 7;

    /** And a piece of work is then this small, because a call that comes in meanwhile may wait for its end. */
    private static final int PIECE = 25;

    /** It gives way to so many decisions on end; then the disk would suffer, because the log is kept until it is indexed. */
    private static final long MOST_BEHIND = 10_000_000;

    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(90);

    private record Found(long head, List<ChangeEventStore.Stored> rows) {
        Found {
            rows = List.copyOf(rows);
        }
    }

    private final DecisionLog log;
    private final Database control;
    private final ChangeEventStore changes = new ChangeEventStore();
    private final IndexStore index;
    private final LastUses uses;
    private final CallCounts counts;
    private final CallCountStore told;
    private final InstantSource clock;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Condition reached = lock.newCondition();
    private LogReader reader;
    private IndexStore.Place place;
    // Less than any sequence: even an idle log counts only once what earlier epochs left is indexed.
    private long reachedLog = -1;
    private long reachedChanges;
    private long reachedCounts = -1;
    private long lastSecond = System.nanoTime();
    private long lastHour = System.nanoTime() - HOUR.toNanos();
    private long lastLook = System.nanoTime();
    private long lastAppended;
    private boolean isGivingWay;
    private boolean hasBegun;
    private boolean isPoked;
    private boolean isClosed;

    Indexer(DecisionLog log, Database control, IndexStore index, LastUse lastUse, InstantSource clock)
            throws SQLException {
        this.log = log;
        this.control = control;
        this.index = index;
        this.uses = new LastUses(lastUse);
        this.told = new CallCountStore(control);
        this.counts = new CallCounts(index.counts(), told);
        this.clock = clock;
        var stored = index.place();
        if (stored.node() != log.node()) {
            index.counts().clear();
        }
        // A folder with another node's log is read from its beginning.
        this.place = stored.node() == log.node() ? stored : new IndexStore.Place(log.node(), "", 0, stored.changes());
        this.reachedChanges = stored.changes();
        this.reader = new LogReader(log, place.segment(), place.offset());
        this.thread = Thread.ofPlatform().daemon().name("audit-index").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Where the changes stand in the control database. */
    long changesHead() {
        return control.reading(changes::head);
    }

    /** Waits until the index has reached that decision and that change; false if it has not in time. */
    boolean await(long logSequence, long changeSequence, Duration patience) throws InterruptedException {
        return await(() -> reachedLog >= logSequence && reachedChanges >= changeSequence, patience);
    }

    private boolean await(BooleanSupplier isThere, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            var left = patience.toNanos();
            while (!isThere.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                isPoked = true;
                woken.signal();
                left = reached.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until what was decided up to there is counted where all nodes count; false if it is not in time. */
    boolean awaitCounts(long logSequence, Duration patience) throws InterruptedException {
        return await(() -> reachedCounts >= logSequence, patience);
    }

    private void run() {
        while (!isClosed()) {
            var begin = System.nanoTime();
            try {
                if (log.isShortOfRoom()) {
                    throw new IOException("the little room that is left on the disk is kept for changes");
                }
                var added = indexDecisions();
                var isSecondOver = isDue(lastSecond, SECOND);
                var isAsked = takePoke();
                if (isAsked || isSecondOver) {
                    added += indexChanges();
                    tellCounts();
                }
                if (isSecondOver) {
                    lastSecond = System.nanoTime();
                    uses.flush();
                }
                if (isDue(lastHour, HOUR)) {
                    lastHour = System.nanoTime();
                    expire();
                }
                pause(added == 0 ? IDLE.toNanos() : rest(added, System.nanoTime() - begin), added == 0);
            } catch (RuntimeException | SQLException | IOException e) {
                LOG.warn("The search index could not go on: {}", String.valueOf(e.getMessage()));
                startAgain();
                pause(SECOND.toNanos(), false);
            }
        }
    }

    private long rest(int added, long took) {
        var pace = added * NANOS_PER_EVENT - took;
        isGivingWay = mustGiveWay();
        return isGivingWay ? Math.max(pace, took * RESTS) : pace;
    }

    /** Whether many decisions were taken since this was last asked. */
    private boolean mustGiveWay() {
        var now = System.nanoTime();
        var appended = log.appended();
        var isBusy = (appended - lastAppended) * SECOND.toNanos() > MANY_A_SECOND * (now - lastLook);
        lastLook = now;
        lastAppended = appended;
        return isBusy && appended - reachedLog < MOST_BEHIND;
    }

    /** What was read but not stored is read again. */
    private void startAgain() {
        try {
            reader.close();
        } catch (IOException _) {
            // It is not used again.
        }
        reader = new LogReader(log, place.segment(), place.offset());
    }

    private static boolean isDue(long last, Duration interval) {
        return System.nanoTime() - last >= interval.toNanos();
    }

    private int indexDecisions() throws IOException, SQLException {
        var upTo = log.position();
        var most = isGivingWay ? PIECE : BATCH;
        var entries = reader.read(upTo, most);
        if (!entries.isEmpty()) {
            var events = new ArrayList<IndexedEvent>(entries.size());
            for (var entry : entries) {
                switch (entry) {
                    case SegmentReader.Entry.Decision(var id, var decision) -> {
                        var who = decision.who();
                        // What a stranger tried belongs to no organization: nobody could find it.
                        if (who != null) {
                            events.add(IndexedEvent.of(id, decision, who));
                        }
                    }
                    case SegmentReader.Entry.Refusals _ -> {}
                }
            }
            var next = new IndexStore.Place(log.node(), reader.segment(), reader.offset(), place.changes());
            index.add(events, CallCount.of(entries), next);
            if (!next.segment().equals(place.segment())) {
                log.release(next.segment());
            }
            place = next;
            // Only now: whoever is told of a use can also find it.
            for (var entry : entries) {
                if (entry instanceof SegmentReader.Entry.Decision decision) {
                    uses.add(decision.decision());
                }
            }
        }
        if (entries.size() < most) {
            reach(upTo.sequence(), place.changes());
        }
        return entries.size();
    }

    private int indexChanges() throws SQLException {
        var found = control.reading(transaction ->
                new Found(changes.head(transaction), changes.after(transaction, place.changes(), BATCH)));
        if (found.head() < place.changes()) {
            LOG.warn("The control database is older than the index: change {} follows.", found.head() + 1);
            move(List.of(), found.head());
            index.counts().told(0);
        } else if (!found.rows().isEmpty()) {
            if (found.rows().getFirst().sequence() > place.changes() + 1) {
                // Numbers have a gap only where an epoch begins: the counts of the database are of an earlier time.
                index.counts().told(0);
            }
            move(
                    found.rows().stream().map(IndexedEvent::of).toList(),
                    found.rows().getLast().sequence());
        }
        reach(-1, place.changes());
        return found.rows().size();
    }

    private void move(List<IndexedEvent> events, long changesUpTo) throws SQLException {
        var next = new IndexStore.Place(place.node(), place.segment(), place.offset(), changesUpTo);
        index.add(events, List.of(), next);
        place = next;
    }

    private void tellCounts() throws SQLException {
        if (!hasBegun) {
            told.begin(CallCount.dayOf(clock.instant()));
            hasBegun = true;
        }
        var upTo = reachedLog;
        if (counts.tell()) {
            lock.lock();
            try {
                reachedCounts = Math.max(reachedCounts, upTo);
                reached.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void expire() throws SQLException, IOException {
        var oldest = Micros.of(clock.instant().minus(KEPT));
        expireCounts(CallCount.dayOf(clock.instant().minus(KEPT)));
        while (index.deleteBefore(oldest, BATCH) == BATCH && !isClosed()) {
            pause(BATCH * NANOS_PER_EVENT, false);
        }
        log.release(place.segment());
    }

    private void expireCounts(long oldest) throws SQLException {
        while (index.counts().deleteBefore(oldest, BATCH) == BATCH && !isClosed()) {
            pause(BATCH * NANOS_PER_EVENT, false);
        }
        while (told.deleteBefore(oldest, BATCH) >= BATCH && !isClosed()) {
            pause(BATCH * NANOS_PER_EVENT, false);
        }
    }

    private void reach(long logSequence, long changeSequence) {
        lock.lock();
        try {
            reachedLog = Math.max(reachedLog, logSequence);
            reachedChanges = Math.max(reachedChanges, changeSequence);
            reached.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean takePoke() {
        lock.lock();
        try {
            var was = isPoked;
            isPoked = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    private void pause(long nanos, boolean isWokenByPoke) {
        lock.lock();
        try {
            var left = nanos;
            while (left > 0 && !isClosed && !(isWokenByPoke && isPoked)) {
                left = woken.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody may interrupt the thread that reads the log", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return isClosed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
            reader.close();
            try {
                tellCounts();
            } finally {
                index.close();
            }
            uses.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SqlFailure | SQLException | IOException e) {
            LOG.warn("The search index was not closed properly: {}", String.valueOf(e.getMessage()));
        }
    }
}
