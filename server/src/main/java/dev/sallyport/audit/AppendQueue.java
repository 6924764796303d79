package dev.sallyport.audit;

import dev.sallyport.audit.DecisionLog.Written;
import dev.sallyport.permission.Authority;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Between the event loops and the writing thread. Sequences are given here, under the lock that orders the queue, so their
 * order is that of the log. The lock is held for a few instructions and never while anything is written.
 */
final class AppendQueue {

    /** One record on its way. Whoever turns it into answered first, the writer or the watch, answers it. */
    static final class Pending {

        final byte[] frame;
        final @Nullable Authority scopes;
        final @Nullable Executor loop;
        final Consumer<Written> then;
        private final AtomicBoolean isAnswered = new AtomicBoolean();
        private long sequence;
        private long since;
        private boolean isAhead;

        /** @param loop null where nobody waits */
        Pending(byte[] frame, @Nullable Authority scopes, @Nullable Executor loop, Consumer<Written> then) {
            this.frame = frame;
            this.scopes = scopes;
            this.loop = loop;
            this.then = then;
        }

        long sequence() {
            return sequence;
        }

        /** Whether its answer did not wait for it. */
        boolean isAhead() {
            return isAhead;
        }

        boolean claim() {
            return !isAnswered.getAndSet(true);
        }

        boolean isAnswered() {
            return isAnswered.get();
        }
    }

    private final LogLimits limits;
    private final long patienceNanos;
    private final long aheadNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    private ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private ArrayDeque<Pending> inFlight = new ArrayDeque<>();
    private long inFlightSince;
    private int records;
    private long bytes;
    private long sequence;
    private long lastQueued;
    private boolean isWriterIdle;
    private boolean isClosed;
    private boolean isStalled;
    private boolean isFailed;

    AppendQueue(LogLimits limits, Duration patience) {
        this.limits = limits;
        this.patienceNanos = patience.toNanos();
        this.aheadNanos = limits.aheadFor().toNanos();
    }

    /** Gives the record its sequence and takes it, or says why not. */
    Written.@Nullable Reason offer(Pending pending) {
        lock.lock();
        try {
            pending.sequence = ++sequence;
            var refusal = refusal(pending);
            if (refusal == null) {
                pending.since = System.nanoTime();
                pending.isAhead = mayGoAhead(pending.since);
                waiting.add(pending);
                records++;
                bytes += pending.frame.length;
                lastQueued = pending.sequence;
                if (isWriterIdle) {
                    arrived.signal();
                }
            }
            return refusal;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all that is not on stable storage, with one more, is within the bound. */
    private boolean mayGoAhead(long now) {
        if (records >= limits.aheadRecords()) {
            return false;
        }
        var oldest = inFlight.isEmpty() ? waiting.peekFirst() : inFlight.peekFirst();
        return oldest == null || now - oldest.since < aheadNanos;
    }

    private Written.@Nullable Reason refusal(Pending pending) {
        if (isClosed) {
            return Written.Reason.CLOSED;
        }
        if (isFailed) {
            return Written.Reason.FAILED;
        }
        if (isStalled) {
            return Written.Reason.STALLED;
        }
        var isFull = records >= limits.queuedRecords() || bytes + pending.frame.length > limits.queuedBytes();
        return isFull ? Written.Reason.FULL : null;
    }

    /** A sequence for something that is not queued. */
    long nextSequence() {
        lock.lock();
        try {
            return ++sequence;
        } finally {
            lock.unlock();
        }
    }

    /** The sequence of the last record that was taken. */
    long lastQueued() {
        lock.lock();
        try {
            return lastQueued;
        } finally {
            lock.unlock();
        }
    }

    /** Everything that waits, once there is something; nothing once the queue is closed and empty. */
    List<Pending> take() {
        lock.lock();
        try {
            isWriterIdle = true;
            while (waiting.isEmpty() && !isClosed) {
                arrived.awaitUninterruptibly();
            }
            var taken = waiting;
            waiting = inFlight;
            inFlight = taken;
            inFlightSince = System.nanoTime();
            return new ArrayList<>(taken);
        } finally {
            isWriterIdle = false;
            lock.unlock();
        }
    }

    /**
     * What was taken is done with; the writing thread moves, so there is no stall.
     *
     * @return the sequence up to which nothing waits any more
     */
    long settle() {
        lock.lock();
        try {
            inFlight.forEach(this::forget);
            inFlight.clear();
            isStalled = false;
            return waiting.isEmpty() ? lastQueued : waiting.getFirst().sequence - 1;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses from now on; what still waits is handed back to be refused. */
    List<Pending> fail() {
        lock.lock();
        try {
            isFailed = true;
            var left = new ArrayList<>(waiting);
            left.forEach(this::forget);
            waiting.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }

    void recover() {
        lock.lock();
        try {
            isFailed = false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits, but not once the queue is closed. */
    void pause(Duration time) {
        lock.lock();
        try {
            var left = time.toNanos();
            while (left > 0 && !isClosed) {
                left = arrived.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody may interrupt the thread that writes the log", e);
        } finally {
            lock.unlock();
        }
    }

    /** What has waited too long, oldest first. It stays unanswered until it is claimed. */
    List<Pending> overdue() {
        lock.lock();
        try {
            var now = System.nanoTime();
            var late = new ArrayList<Pending>();
            for (var pending : inFlight) {
                if (now - pending.since < patienceNanos) {
                    break;
                }
                late.add(pending);
            }
            while (!waiting.isEmpty() && now - waiting.getFirst().since >= patienceNanos) {
                var pending = waiting.removeFirst();
                forget(pending);
                late.add(pending);
            }
            isStalled |= !inFlight.isEmpty() && now - inFlightSince >= patienceNanos;
            return late;
        } finally {
            lock.unlock();
        }
    }

    private void forget(Pending pending) {
        records--;
        bytes -= pending.frame.length;
    }

    boolean isClosed() {
        lock.lock();
        try {
            return isClosed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            isClosed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
