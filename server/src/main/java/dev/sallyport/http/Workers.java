package dev.sallyport.http;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that handlers may block.
 *
 * <p>They are platform threads: a call into SQLite goes through JNI, where a virtual thread would pin its carrier.
 */
final class Workers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ThreadPoolExecutor threads;

    Workers(int workers, int queued) {
        threads = new ThreadPoolExecutor(
                workers,
                workers,
                60,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queued),
                Thread.ofPlatform().name("worker-", 1).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** Whether there was room for it. */
    boolean offer(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    /** Waits up to five seconds for what is under way. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("requests are still under way after {} s; they are given up", GRACE.toSeconds());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
