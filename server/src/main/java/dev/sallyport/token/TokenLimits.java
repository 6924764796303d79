package dev.sallyport.token;

import java.time.Duration;

/**
 * Bounds on tokens.
 *
 * @param shortestLife from now to the expiry
 * @param clockTolerance how much less than the shortest life is taken, because the client's clock may be behind ours and
 *     its request took a while
 * @param longestLife from now to the expiry
 * @param mostScopes in one request, duplicates counted
 * @param liveTokensPerOwner neither revoked nor expired
 */
public record TokenLimits(
        Duration shortestLife, Duration clockTolerance, Duration longestLife, int mostScopes, int liveTokensPerOwner) {

    /** Those of the wire contract. A year is 366 days: "the same day next year" must do in a leap year, too, and for a
     * client whose clock is ahead of ours. */
    public static final TokenLimits DEFAULT =
            new TokenLimits(Duration.ofHours(24), Duration.ofMinutes(5), Duration.ofDays(366), 1_000, 10_000);

    public TokenLimits {
        if (clockTolerance.isNegative()
                || shortestLife.compareTo(clockTolerance) <= 0
                || longestLife.compareTo(shortestLife) < 0) {
            throw new IllegalArgumentException("lives must be positive, and the shortest no longer than the longest");
        }
        if (mostScopes < 1 || liveTokensPerOwner < 1) {
            throw new IllegalArgumentException("there must be room for one scope and one token");
        }
    }
}
