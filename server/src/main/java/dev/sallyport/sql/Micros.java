package dev.sallyport.sql;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times in storage: microseconds since 1970 in UTC. */
public final class Micros {

    private Micros() {}

    public static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    public static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
