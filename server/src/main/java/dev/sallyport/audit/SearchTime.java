package dev.sallyport.audit;

import dev.sallyport.sql.Micros;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/** A time as the audit API takes it: ISO 8601, milliseconds since 1970, or {@code now} with one step. */
final class SearchTime {

    static final String FORMS =
            "an ISO 8601 date and time, milliseconds since 1970, or 'now' with at most one step such as"
                    + " 'now-15m' (units s, m, h, d, w)";

    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,14}");
    private static final Pattern MATH = Pattern.compile("now(?:([+-])([0-9]{1,6})([smhdw]))?");
    private static final Pattern ISO =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]{5,18}(Z|[+-][0-9]{2}:[0-9]{2})?)?");

    private SearchTime() {}

    /**
     * Microseconds since 1970.
     *
     * @param zone for a date or time that names none
     */
    static Optional<Long> parse(String text, Instant now, ZoneId zone) {
        var math = MATH.matcher(text);
        if (math.matches()) {
            return notBefore1970(math.group(1) == null ? now : step(now, math.group(1), math.group(2), math.group(3)));
        }
        if (MILLIS.matcher(text).matches()) {
            return Optional.of(Long.parseLong(text) * 1_000);
        }
        var iso = ISO.matcher(text);
        if (!iso.matches()) {
            return Optional.empty();
        }
        try {
            return notBefore1970(iso(text, iso.group(1) != null, iso.group(2) != null, zone));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Instant step(Instant now, String sign, String count, String unit) {
        var one = switch (unit) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
        var step = one.multipliedBy(Integer.parseInt(count));
        return sign.equals("-") ? now.minus(step) : now.plus(step);
    }

    private static Instant iso(String text, boolean hasTime, boolean hasZone, ZoneId zone) {
        if (hasZone) {
            return OffsetDateTime.parse(text).toInstant();
        }
        var local = hasTime ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay();
        return local.atZone(zone).toInstant();
    }

    private static Optional<Long> notBefore1970(Instant time) {
        return Optional.of(time.isBefore(Instant.EPOCH) ? 0L : Micros.of(time));
    }
}
