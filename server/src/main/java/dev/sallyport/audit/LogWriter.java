package dev.sallyport.audit;

import dev.sallyport.audit.AppendQueue.Pending;
import dev.sallyport.audit.DecisionLog.Written;
import dev.sallyport.permission.Permissions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: takes what waits, writes it, forces it, answers it. After a failed write or force the file is
 * never used again, because nobody knows what of it is on the disk; a new one is tried later, with growing pauses.
 */
final class LogWriter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    private final LogFiles files;
    private final NodeEpoch origin;
    private final LogLimits limits;
    private final Permissions permissions;
    private final AppendQueue queue;
    private final SpareSegment spare;
    private final Map<String, Long> ends = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private @Nullable Segment segment;
    private volatile LogPosition durable;

    /** Begins the first file, so that a folder that cannot be written is noticed at the start. */
    LogWriter(
            LogFiles files,
            SpareSegment spare,
            NodeEpoch origin,
            LogLimits limits,
            Permissions permissions,
            AppendQueue queue)
            throws IOException {
        this.spare = spare;
        this.files = files;
        this.origin = origin;
        this.limits = limits;
        this.permissions = permissions;
        this.queue = queue;
        var sequence = queue.nextSequence();
        var first = Segment.begin(files, spare, origin, sequence, limits, permissions);
        this.segment = first;
        this.durable = new LogPosition(sequence, first.name(), first.end());
    }

    LogPosition durable() {
        return durable;
    }

    /** Where the readable part of a file ends that this process has written and left; null for any other. */
    @Nullable
    Long endOf(String name) {
        return ends.get(name);
    }

    void forget(String name) {
        ends.remove(name);
    }

    LongAdder dropped() {
        return dropped;
    }

    @Override
    public void run() {
        var pause = limits.firstRetry();
        while (true) {
            if (segment == null && !reopen()) {
                if (queue.isClosed()) {
                    return;
                }
                queue.pause(pause);
                pause = pause.multipliedBy(2).compareTo(limits.longestRetry()) < 0
                        ? pause.multipliedBy(2)
                        : limits.longestRetry();
                continue;
            }
            var batch = queue.take();
            if (batch.isEmpty()) {
                break;
            }
            commit(batch);
            if (segment != null) {
                pause = limits.firstRetry();
            }
        }
        finish();
    }

    /** Nothing waits while the log has failed, so a new sequence lies after every earlier one. */
    private boolean reopen() {
        try {
            var sequence = queue.nextSequence();
            var fresh = Segment.begin(files, spare, origin, sequence, limits, permissions);
            segment = fresh;
            durable = new LogPosition(sequence, fresh.name(), fresh.end());
            queue.recover();
            LOG.info("The decision log goes on in {}.", fresh.name());
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn("No new file of the decision log could be begun: {}", String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void commit(List<Pending> batch) {
        try {
            for (var pending : batch) {
                // Nobody was told anything but "refused", so it need not be written.
                if (!pending.isAnswered()) {
                    segmentFor(pending).append(pending.frame, pending.sequence(), pending.scopes);
                }
            }
            var current = current();
            current.force();
            durable = new LogPosition(queue.settle(), current.name(), current.end());
            answer(batch, null);
            if (current.isHalfFull()) {
                spare.want();
            }
        } catch (IOException | RuntimeException e) {
            abandon(e);
            var left = queue.fail();
            durable = new LogPosition(queue.settle(), durable.segment(), durable.offset());
            answer(batch, Written.Reason.FAILED);
            answer(left, Written.Reason.FAILED);
        }
    }

    private Segment segmentFor(Pending pending) throws IOException {
        var old = current();
        if (old.hasRoomFor(pending.frame) && !(old.isOutgrownBy(pending.frame) && spare.isThere())) {
            return old;
        }
        old.force();
        ends.put(old.name(), old.end());
        old.finish();
        segment = null;
        var fresh = Segment.begin(files, spare, origin, pending.sequence(), limits, permissions);
        segment = fresh;
        return fresh;
    }

    private Segment current() {
        if (segment == null) {
            throw new IllegalStateException("there is no open segment");
        }
        return segment;
    }

    private void abandon(Exception cause) {
        LOG.error("The decision log could not be written and refuses: {}", String.valueOf(cause.getMessage()));
        var position = durable;
        ends.putIfAbsent(position.segment(), position.offset());
        if (segment != null) {
            ends.putIfAbsent(segment.name(), 0L);
            segment.abandon();
            segment = null;
        }
    }

    private void finish() {
        if (segment != null) {
            segment.finish();
            segment = null;
        }
    }

    /** One task for each loop, whatever the number of records: a wake-up costs more than an answer. */
    void answer(List<Pending> batch, Written.@Nullable Reason refusal) {
        var byLoop = new IdentityHashMap<Executor, List<Pending>>();
        for (var pending : batch) {
            if (pending.claim()) {
                if (pending.loop != null && !pending.isAhead()) {
                    byLoop.computeIfAbsent(pending.loop, _ -> new ArrayList<>()).add(pending);
                } else if (refusal != null) {
                    dropped.increment();
                }
            }
        }
        byLoop.forEach((loop, answered) -> {
            try {
                loop.execute(() -> answered.forEach(pending -> answer(pending, refusal)));
            } catch (RuntimeException e) {
                LOG.warn("A loop took no answers: {}", String.valueOf(e.getMessage()));
            }
        });
    }

    private void answer(Pending pending, Written.@Nullable Reason refusal) {
        try {
            var id = idOf(pending);
            pending.then.accept(refusal == null ? new Written.Durable(id) : new Written.Refused(id, refusal));
        } catch (RuntimeException e) {
            LOG.error("An answer failed after its decision was recorded.", e);
        }
    }

    AuditId idOf(Pending pending) {
        return new AuditId(origin.node(), origin.epoch(), pending.sequence());
    }
}
