package dev.sallyport.key;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as keys carry them: microseconds and a numeric offset, {@code 2026-05-28T14:36:45.255584+00:00}. */
final class WireTime {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private WireTime() {}

    static String of(Instant instant) {
        return FORMAT.format(instant);
    }

    static @Nullable String ofNullable(@Nullable Instant instant) {
        return instant == null ? null : of(instant);
    }
}
