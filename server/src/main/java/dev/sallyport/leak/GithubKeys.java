package dev.sallyport.leak;

import java.io.IOException;
import java.net.URI;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign GitHub's reports, kept for an hour.
 *
 * <p>An identifier that is not among them has the list fetched again, at most once a minute and by one request at a time,
 * whatever strangers ask for. While GitHub cannot be reached, the keys that are there serve for a day.
 */
final class GithubKeys {

    private static final Logger LOG = LoggerFactory.getLogger(GithubKeys.class);

    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(1);

    sealed interface Answer {
        record Found(ECPublicKey key) implements Answer {}

        /** GitHub publishes no such key. */
        record Unknown() implements Answer {}

        /** It is not known now what GitHub publishes. */
        record Unreachable() implements Answer {}
    }

    /** @param isCurrent whether the last try to fetch them went well */
    private record Known(Map<String, ECPublicKey> keys, long fetchedAt, boolean isCurrent) {}

    private final KeySource source;
    private final URI address;
    private final LongSupplier nanoTime;
    private final ReentrantLock fetching = new ReentrantLock();

    private volatile Known known;
    private long triedAt;

    /** @param nanoTime a clock that only goes forward, in nanoseconds */
    GithubKeys(KeySource source, URI address, LongSupplier nanoTime) {
        this.source = source;
        this.address = address;
        this.nanoTime = nanoTime;
        var now = nanoTime.getAsLong();
        known = new Known(Map.of(), now, false);
        triedAt = now - BETWEEN_TRIES.toNanos();
    }

    Answer key(String identifier) {
        var now = nanoTime.getAsLong();
        var kept = known;
        var key = kept.keys().get(identifier);
        if (key != null && now - kept.fetchedAt() < FRESH.toNanos()) {
            return new Answer.Found(key);
        }
        var isTried = fetch();
        kept = known;
        key = kept.keys().get(identifier);
        if (key != null && now - kept.fetchedAt() < LONGEST.toNanos()) {
            return new Answer.Found(key);
        }
        return isTried && kept.isCurrent() ? new Answer.Unknown() : new Answer.Unreachable();
    }

    /** Whether it was tried within the last minute; false while another request tries. */
    private boolean fetch() {
        if (!fetching.tryLock()) {
            return false;
        }
        try {
            var now = nanoTime.getAsLong();
            if (now - triedAt < BETWEEN_TRIES.toNanos()) {
                return true;
            }
            triedAt = now;
            known = new Known(GithubKeyList.parse(source.fetch(address, GithubKeyList.MOST_BYTES)), now, true);
        } catch (IOException | RuntimeException failure) {
            LOG.warn("the keys of GitHub at {} cannot be read: {}", address, failure.toString());
            known = new Known(known.keys(), known.fetchedAt(), false);
        } finally {
            fetching.unlock();
        }
        return true;
    }
}
