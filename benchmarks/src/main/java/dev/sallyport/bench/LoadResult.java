package dev.sallyport.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * What one round of load saw. Latencies are in nanoseconds and, in an open loop, from the moment a request was due.
 *
 * @param failed answers that were not 200, and connections that broke
 * @param serverMicros processor time of the measured process
 * @param ownMicros processor time of the generator
 */
record LoadResult(
        long answered,
        long failed,
        long nanos,
        long serverMicros,
        long ownMicros,
        long p50,
        long p99,
        long p999,
        long greatest) {

    /** The same where each answer holds so many. */
    LoadResult times(int many) {
        return new LoadResult(answered * many, failed, nanos, serverMicros, ownMicros, p50, p99, p999, greatest);
    }

    double perSecond() {
        return answered * 1e9 / nanos;
    }

    double serverMicrosEach() {
        return serverMicros / (double) Math.max(1, answered);
    }

    double ownMicrosEach() {
        return ownMicros / (double) Math.max(1, answered);
    }

    String toLine() {
        return "answered=%d failed=%d nanos=%d server=%d own=%d p50=%d p99=%d p999=%d greatest=%d"
                .formatted(answered, failed, nanos, serverMicros, ownMicros, p50, p99, p999, greatest);
    }

    static LoadResult parse(String line) {
        var values = new HashMap<String, Long>();
        for (var word : line.strip().split(" ")) {
            var separator = word.indexOf('=');
            values.put(word.substring(0, separator), Long.parseLong(word.substring(separator + 1)));
        }
        return new LoadResult(
                value(values, "answered"),
                value(values, "failed"),
                value(values, "nanos"),
                value(values, "server"),
                value(values, "own"),
                value(values, "p50"),
                value(values, "p99"),
                value(values, "p999"),
                value(values, "greatest"));
    }

    private static long value(Map<String, Long> values, String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the generator did not say " + name);
        }
        return value;
    }
}
