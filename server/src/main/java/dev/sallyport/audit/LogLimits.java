package dev.sallyport.audit;

import java.time.Duration;

/**
 * Bounds of the decision log.
 *
 * @param segmentBytes a file is ended before it passes this
 * @param preallocatedBytes how far ahead of the writing a file is filled with zeros, so that a commit changes no metadata
 * @param queuedRecords records that wait or are being written; more are refused
 * @param queuedBytes likewise
 * @param answerWithin whoever waits for a record has an answer after this, whatever the disk does
 * @param firstRetry the pause after a failure before a new file is tried; it doubles up to {@code longestRetry}
 * @param scopeSets different sets of scopes in one file; a file with more is ended
 * @param strangersInFull refusals of strangers recorded one by one, for each client address and second; at most 255
 * @param keptBytes files that are already indexed are deleted, oldest first, while all of them together pass this
 * @param keptFor and once they are older than this
 */
record LogLimits(
        long segmentBytes,
        long preallocatedBytes,
        int queuedRecords,
        long queuedBytes,
        Duration answerWithin,
        Duration firstRetry,
        Duration longestRetry,
        int scopeSets,
        int strangersInFull,
        long keptBytes,
        Duration keptFor) {

    static final LogLimits DEFAULT = new LogLimits(
            64L << 20,
            8L << 20,
            65_536,
            32L << 20,
            Duration.ofSeconds(2),
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            10_000,
            10,
            4L << 30,
            Duration.ofDays(90));
}
