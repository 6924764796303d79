package dev.sallyport.audit;

import java.io.IOException;
import java.time.Duration;

/**
 * Bounds of the decision log.
 *
 * @param segmentBytes a file is ended before it passes this
 * @param preallocatedBytes how far ahead of the writing a file is filled with zeros that was not set aside as a whole
 * @param reservedBytes the log takes no more room while less than this is free: what is left is for changes
 * @param queuedRecords records that wait or are being written; more are refused
 * @param queuedBytes likewise
 * @param answerWithin whoever waits for a record has an answer after this, whatever the disk does
 * @param firstRetry the pause after a failure before a new file is tried; it doubles up to {@code longestRetry}
 * @param aheadRecords how many records may be answered for before they are on stable storage; 0 for none
 * @param aheadFor and for how long
 * @param scopeSets different sets of scopes in one file; a file with more is ended
 * @param strangersInFull refusals of strangers recorded one by one, for each client address and second; at most 255
 * @param keptBytes files that are already indexed are deleted, oldest first, while all of them together pass this
 * @param keptFor and once they are older than this
 */
record LogLimits(
        long segmentBytes,
        long preallocatedBytes,
        long reservedBytes,
        int queuedRecords,
        long queuedBytes,
        Duration answerWithin,
        Duration firstRetry,
        Duration longestRetry,
        int aheadRecords,
        Duration aheadFor,
        int scopeSets,
        int strangersInFull,
        long keptBytes,
        Duration keptFor) {

    static final LogLimits DEFAULT = new LogLimits(
            64L << 20,
            8L << 20,
            128L << 20,
            65_536,
            32L << 20,
            Duration.ofSeconds(2),
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            0,
            Duration.ZERO,
            10_000,
            10,
            4L << 30,
            Duration.ofDays(90));

    static LogLimits of(Durability durability) {
        return switch (durability) {
            case STRICT -> DEFAULT;
            case BOUNDED -> DEFAULT.ahead(1_000, Duration.ofMillis(50));
        };
    }

    /** @throws IOException if taking so much would leave less than what is kept for changes */
    void checkRoom(LogFiles files, long bytes) throws IOException {
        var free = files.free();
        if (free - bytes < reservedBytes) {
            throw new IOException("only " + (free >> 20) + " MB are free, and " + (reservedBytes >> 20)
                    + " MB of them are kept for changes");
        }
    }

    LogLimits ahead(int records, Duration time) {
        return new LogLimits(
                segmentBytes,
                preallocatedBytes,
                reservedBytes,
                queuedRecords,
                queuedBytes,
                answerWithin,
                firstRetry,
                longestRetry,
                records,
                time,
                scopeSets,
                strangersInFull,
                keptBytes,
                keptFor);
    }
}
