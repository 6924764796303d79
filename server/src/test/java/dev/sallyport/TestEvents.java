package dev.sallyport;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for the index, which follows the log. */
final class TestEvents {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private TestEvents() {}

    /** Until the text that is looked at again and again has that in it. */
    static void await(Supplier<String> text, String part) {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (!text.get().contains(part)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(part + " did not come up");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            var _ = new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
