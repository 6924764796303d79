package dev.sallyport.grpc;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** One event loop's calls, and the clock that ends the slow ones. Used on that loop only. */
final class OpenCalls {

    private final Set<ServedCall<?, ?>> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final AtomicInteger count;
    private final int most;

    /** @param count is that of all event loops of the listener */
    OpenCalls(AtomicInteger count, int most) {
        this.count = count;
        this.most = most;
    }

    /** Whether there was room for it. */
    boolean begin(ServedCall<?, ?> call) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return false;
        }
        open.add(call);
        return true;
    }

    void end(ServedCall<?, ?> call) {
        if (open.remove(call)) {
            count.decrementAndGet();
        }
    }

    /** Called four times in the time that a call may take. */
    void tick() {
        // A copy, because a call that is ended leaves the set.
        List.copyOf(open).forEach(ServedCall::quarterPassed);
    }
}
