package dev.sallyport.audit;

import dev.sallyport.audit.AppendQueue.Pending;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Micros;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only log of decisions on local disk. Appending never blocks, and whoever waits for a record has an answer
 * within two seconds, whatever the disk does.
 *
 * <p>A record means that something was decided. An allow may be answered only when its record is durable, or within the bound
 * on what may be lost; the record of an allow that was refused because the disk was late may still be found in the log.
 */
public final class DecisionLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int TICKS = 40;

    /** What became of a record. */
    public sealed interface Written {

        AuditId id();

        /** It is on stable storage. */
        record Durable(AuditId id) implements Written {}

        /** It will be, unless the power goes: the operator has set how much may be lost. */
        record Ahead(AuditId id) implements Written {}

        /** Nobody may act on it. */
        record Refused(AuditId id, Reason reason) implements Written {}

        /** Why a record was refused. */
        enum Reason {
            FULL,
            FAILED,
            STALLED,
            LATE,
            CLOSED
        }
    }

    private final AppendQueue queue;
    private final LogWriter writer;
    private final LogFiles files;
    private final LogLimits limits;
    private final InstantSource clock;
    private final NodeEpoch origin;
    private final Strangers strangers;
    private final SpareSegment spare;
    private final Thread setting;
    private final Thread writing;
    private final Thread watching;
    private final Duration tick;
    private final ReentrantLock releasing = new ReentrantLock();
    private String releasedUpTo = "";
    private final CountDownLatch done = new CountDownLatch(1);

    private DecisionLog(
            LogFiles files, Permissions permissions, LogLimits limits, InstantSource clock, NodeEpoch origin)
            throws IOException {
        this.files = files;
        this.limits = limits;
        this.clock = clock;
        this.origin = origin;
        this.tick = limits.answerWithin().dividedBy(TICKS);
        // The watch looks once a tick, and a loop needs a moment to answer.
        this.queue = new AppendQueue(limits, limits.answerWithin().minus(tick.multipliedBy(2)));
        this.spare = new SpareSegment(files, limits);
        this.writer = new LogWriter(files, spare, origin, limits, permissions, queue);
        this.strangers = new Strangers(limits.strangersInFull());
        spare.recycle(this::giveOldest);
        this.setting = Thread.ofPlatform().daemon().name("audit-spare").unstarted(spare);
        this.writing = Thread.ofPlatform().daemon().name("audit-log").unstarted(writer);
        this.watching = Thread.ofPlatform().daemon().name("audit-watch").unstarted(this::watch);
    }

    /**
     * Opens the log in that folder: looks over what the last process left, begins a new epoch and a new file. The folder is
     * closed with the log, and also if this fails.
     *
     * @throws IOException if the folder cannot be read and written
     */
    static DecisionLog open(
            LogFiles files, Permissions permissions, LogLimits limits, InstantSource clock, RandomGenerator random)
            throws IOException {
        try {
            LogRecovery.run(files);
            var log = new DecisionLog(files, permissions, limits, clock, NodeEpoch.begin(files, random));
            log.setting.start();
            log.writing.start();
            log.watching.start();
            return log;
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /**
     * Records a decision that somebody waits for.
     *
     * @param loop where {@code then} runs: once, also when the record is refused at once
     * @return the id of the decision, whatever becomes of it
     */
    public AuditId append(DecisionRecord decision, Executor loop, Consumer<Written> then) {
        var pending = new Pending(DecisionCodec.write(decision), scopesOf(decision), loop, then);
        var refusal = queue.offer(pending);
        var id = writer.idOf(pending);
        if (refusal != null) {
            loop.execute(() -> then.accept(new Written.Refused(id, refusal)));
        } else if (pending.isAhead()) {
            loop.execute(() -> then.accept(new Written.Ahead(id)));
        }
        return id;
    }

    /** The same of a stranger's refusal: only the first of each client address and second are recorded one by one. */
    public AuditId noteStranger(DecisionRecord decision) {
        return noteFew(decision, decision.clientAddress());
    }

    /** The same of refusals that one source may cause without end. */
    public AuditId noteFew(DecisionRecord decision, String source) {
        return strangers.isRecorded(source, decision.atMicros() / MICROS_PER_SECOND)
                ? note(decision)
                : new AuditId(origin.node(), origin.epoch(), queue.nextSequence());
    }

    /** Records a decision that nobody waits for; it is dropped and counted where there is no room. */
    public AuditId note(DecisionRecord decision) {
        return note(new Pending(DecisionCodec.write(decision), scopesOf(decision), null, _ -> {}));
    }

    private AuditId note(Pending pending) {
        if (queue.offer(pending) != null) {
            writer.dropped().increment();
        }
        return writer.idOf(pending);
    }

    private static @Nullable Authority scopesOf(DecisionRecord decision) {
        var caller = decision.caller();
        return caller == null ? null : caller.credential().scopes();
    }

    /** The sequence up to which everything of this epoch is on stable storage or was refused. */
    public long durable() {
        return writer.durable().sequence();
    }

    /** The sequence of the last record that was taken. */
    public long appended() {
        return queue.lastQueued();
    }

    /** Records that nobody waited for and that found no room. */
    public long dropped() {
        return writer.dropped().sum();
    }

    int node() {
        return origin.node();
    }

    LogFiles files() {
        return files;
    }

    LogPosition position() {
        return writer.durable();
    }

    /** Where the readable part of a file ends that this process has written and left; null for any other. */
    @Nullable
    Long endOf(String segment) {
        return writer.endOf(segment);
    }

    /**
     * Deletes what is neither needed for the index nor kept by its age and size. Of what is only too much, the last is left for the
     * next spare segment, if there is none.
     */
    void release(String indexedUpTo) throws IOException {
        releasing.lock();
        try {
            releasedUpTo = indexedUpTo;
            var ended = ended();
            var mostLeft = spare.isThere() || ended.isEmpty() || isTooOld(ended.getLast()) ? 0 : 1;
            for (var segment : ended.subList(0, ended.size() - mostLeft)) {
                files.delete(segment.name());
                writer.forget(segment.name());
            }
        } finally {
            releasing.unlock();
        }
    }

    private boolean giveOldest(String name) throws IOException {
        releasing.lock();
        try {
            var ended = ended();
            if (ended.isEmpty()) {
                return false;
            }
            files.rename(ended.getFirst().name(), name);
            writer.forget(ended.getFirst().name());
            return true;
        } finally {
            releasing.unlock();
        }
    }

    /** What is kept no longer, oldest first. */
    private List<LogFiles.Stored> ended() throws IOException {
        var segments = files.segments();
        var total = segments.stream().mapToLong(LogFiles.Stored::bytes).sum();
        var ended = new ArrayList<LogFiles.Stored>();
        for (var segment : segments) {
            var isKept = total <= limits.keptBytes() && !isTooOld(segment);
            if (isKept || segment.name().compareTo(releasedUpTo) >= 0) {
                break;
            }
            ended.add(segment);
            total -= segment.bytes();
        }
        return ended;
    }

    private boolean isTooOld(LogFiles.Stored segment) {
        return !segment.modifiedAt().isAfter(clock.instant().minus(limits.keptFor()));
    }

    /** Whether there is less room on the disk than is kept for changes. */
    boolean isShortOfRoom() throws IOException {
        return files.free() < limits.reservedBytes();
    }

    private void watch() {
        var lastSummary = clock.instant();
        try {
            while (!done.await(tick.toNanos(), TimeUnit.NANOSECONDS)) {
                writer.answer(queue.overdue(), Written.Reason.LATE);
                var now = clock.instant();
                if (!now.isBefore(lastSummary.plusSeconds(1)) || now.isBefore(lastSummary)) {
                    lastSummary = now;
                    summarise();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void summarise() {
        var counted = strangers.takeCounted();
        if (counted > 0) {
            var frame = Frame.begin(new byte[Frame.PAYLOAD + 2 * Long.BYTES], Frame.REFUSALS);
            ByteBuffer.wrap(frame)
                    .putLong(Frame.PAYLOAD, Micros.of(clock.instant()))
                    .putLong(Frame.PAYLOAD + Long.BYTES, counted);
            note(new Pending(frame, null, null, _ -> {}));
        }
    }

    /** Writes what waits, then ends. Waits no longer for the disk than anybody else does. */
    @Override
    public void close() {
        summarise();
        queue.close();
        spare.close();
        try {
            var isWritten = writing.join(limits.answerWithin().multipliedBy(2));
            var isSetAside = setting.join(limits.answerWithin());
            done.countDown();
            watching.join();
            if (isWritten && isSetAside) {
                files.close();
            } else {
                // Whoever takes the folder must not find a thread of ours at work there.
                LOG.warn("The disk does not answer; the log is left as it is, and its folder taken.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("The folder of the decision log was not closed properly: {}", String.valueOf(e.getMessage()));
        }
    }
}
