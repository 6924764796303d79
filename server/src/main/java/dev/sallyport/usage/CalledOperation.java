package dev.sallyport.usage;

import java.time.Instant;

/**
 * How often a credential called an operation within some days.
 *
 * @param api empty, like the operation, for calls that matched none
 * @param days on how many of them
 * @param hours a bit for each hour of the day in UTC in which there was a call, the lowest for midnight
 */
record CalledOperation(
        String api, String operation, long allowed, long refused, int days, int hours, Instant lastUsedAt) {}
