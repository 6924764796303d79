package dev.sallyport.token;

import java.time.Duration;

/**
 * Bounds on tokens.
 *
 * @param shortestLife of a personal token, from now to the expiry; a service token need only end later than now
 * @param clockTolerance how much less than the shortest life is taken, because the client's clock may be behind ours and
 *     its request took a while; and how much more than the longest of a service token, because it may be ahead
 * @param longestLife of a personal token, from now to the expiry
 * @param longestServiceLife of a service token that ends at all
 * @param mostScopes in one request, duplicates counted
 * @param liveTokensPerOwner of one kind, neither revoked nor expired
 */
public record TokenLimits(
        Duration shortestLife,
        Duration clockTolerance,
        Duration longestLife,
        Duration longestServiceLife,
        int mostScopes,
        int liveTokensPerOwner) {

    /** Those of the wire contract. A year is 366 days: "the same day next year" must do in a leap year, too, and for a
     * client whose clock is ahead of ours. A service token's bound is given in days. */
    public static final TokenLimits DEFAULT = new TokenLimits(
            Duration.ofHours(24), Duration.ofMinutes(5), Duration.ofDays(366), Duration.ofDays(365), 1_000, 10_000);

    public TokenLimits {
        if (clockTolerance.isNegative()
                || shortestLife.compareTo(clockTolerance) <= 0
                || longestLife.compareTo(shortestLife) < 0
                || !longestServiceLife.isPositive()) {
            throw new IllegalArgumentException("lives must be positive, and the shortest no longer than the longest");
        }
        if (mostScopes < 1 || liveTokensPerOwner < 1) {
            throw new IllegalArgumentException("there must be room for one scope and one token");
        }
    }
}
