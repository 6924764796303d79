package dev.sallyport.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and times on the wire (RFC 3339 §5.6). */
public final class Rfc3339 {

    // Written out because the parsers of java.time also take signs, years of any length, and a missing second.
    private static final Pattern DATE_TIME = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]"
            + "([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,9}))?"
            + "(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))");

    private static final int LONGEST = "2026-11-23T18:00:00.123456789+00:00".length();
    private static final DateTimeFormatter MICROSECONDS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private Rfc3339() {}

    /**
     * The moment that the text names; empty for anything but a date and a time in ASCII digits with an offset.
     *
     * <p>At most nine digits of a fraction are taken. A leap second is refused: this clock has none.
     */
    public static Optional<Instant> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        var parts = DATE_TIME.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            var local = LocalDateTime.of(
                    number(parts, 1),
                    number(parts, 2),
                    number(parts, 3),
                    number(parts, 4),
                    number(parts, 5),
                    number(parts, 6),
                    nanoseconds(parts.group(7)));
            return offsetSeconds(parts)
                    .map(offset -> local.toInstant(ZoneOffset.UTC).minusSeconds(offset));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** In UTC with microseconds: {@code 2026-11-23T18:00:00.000000Z}. */
    public static String format(Instant instant) {
        return MICROSECONDS.format(instant);
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static int nanoseconds(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    }

    private static Optional<Integer> offsetSeconds(Matcher parts) {
        var sign = parts.group(8);
        if (sign == null) {
            return Optional.of(0);
        }
        var hours = number(parts, 9);
        var minutes = number(parts, 10);
        if (hours > 23 || minutes > 59) {
            return Optional.empty();
        }
        var seconds = (hours * 60 + minutes) * 60;
        return Optional.of(sign.equals("-") ? -seconds : seconds);
    }
}
