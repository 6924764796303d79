package dev.sallyport.audit;

import dev.sallyport.sql.Micros;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often a credential called an operation on one day in UTC, as one node saw it.
 *
 * @param hours a bit for each hour of the day in which there was a call, the lowest for midnight
 */
record CallCount(Key key, long allowed, long refused, int hours, long lastAtMicros) {

    private static final long DAY_MICROS = 86_400_000_000L;
    private static final long HOUR_MICROS = 3_600_000_000L;

    /**
     * @param node whose log has the calls
     * @param api empty, like the operation, where no operation matched: whoever calls may have made up the rest
     * @param day days since 1970
     */
    record Key(int node, String organization, String credential, long day, String api, String operation) {}

    /** Null for what nobody called with a credential: what strangers tried, and questions about somebody. */
    static @Nullable CallCount of(AuditId id, LoggedDecision decision) {
        var who = decision.who();
        if (who == null
                || !decision.presented().isEmpty()
                // A principal that was named alone stands under its own id.
                || who.credential().equals(who.principal())) {
            return null;
        }
        var at = decision.atMicros();
        var isMatched = !decision.operation().isEmpty();
        var key = new Key(
                id.node(),
                who.organization().toString(),
                who.credential().toString(),
                Math.floorDiv(at, DAY_MICROS),
                isMatched ? decision.api() : "",
                decision.operation());
        var hour = 1 << (int) (Math.floorMod(at, DAY_MICROS) / HOUR_MICROS);
        return new CallCount(key, decision.isAllowed() ? 1 : 0, decision.isAllowed() ? 0 : 1, hour, at);
    }

    /** Both together, of the same key. */
    CallCount plus(CallCount other) {
        return new CallCount(
                key,
                allowed + other.allowed,
                refused + other.refused,
                hours | other.hours,
                Math.max(lastAtMicros, other.lastAtMicros));
    }

    /** One for each key. */
    static Collection<CallCount> of(List<SegmentReader.Entry> entries) {
        var counts = new HashMap<Key, CallCount>();
        for (var entry : entries) {
            if (entry instanceof SegmentReader.Entry.Decision(var id, var decision)) {
                var count = of(id, decision);
                if (count != null) {
                    counts.merge(count.key(), count, CallCount::plus);
                }
            }
        }
        return Map.copyOf(counts).values();
    }

    static long dayOf(Instant instant) {
        return Math.floorDiv(Micros.of(instant), DAY_MICROS);
    }
}
