package dev.sallyport.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** When a token that is asked for is to end. */
final class Expiry {

    private static final int LONGEST_DAYS = 365;

    private Expiry() {}

    static Instant at(String time) {
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeParseException e) {
            throw new Failure(ExitCode.USAGE, "--expires-at takes a time with its offset, like 2026-12-31T00:00:00Z.");
        }
    }

    static Instant in(int days, Instant now) {
        if (days < 1 || days > LONGEST_DAYS) {
            throw new Failure(ExitCode.USAGE, "--days takes a number from 1 to " + LONGEST_DAYS + ".");
        }
        var end = now.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(days));
        // The least is a whole day, counted when the request arrives.
        return days == 1 ? end.plus(Duration.ofMinutes(1)) : end;
    }
}
