package dev.sallyport.decision;

import dev.sallyport.http.Reply;
import dev.sallyport.identity.Caller;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the management API tells whoever still calls with an application key, in headers.
 *
 * @param deprecated since when, RFC 9745; empty to say nothing
 * @param sunset when they are expected to stop working, RFC 8594; empty where nobody has said
 */
public record LegacyKeys(Optional<Instant> deprecated, Optional<Instant> sunset) {

    /** RFC 9110 §5.6.7. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    public LegacyKeys {
        if (deprecated.isPresent() && sunset.isPresent() && sunset.get().isBefore(deprecated.get())) {
            throw new IllegalArgumentException("the sunset must not come before the deprecation (RFC 9745)");
        }
    }

    /** None for a caller with anything else. */
    List<Reply.Header> headersFor(Caller caller) {
        if (!caller.credential().kind().isLegacy()) {
            return List.of();
        }
        var headers = new ArrayList<Reply.Header>(2);
        deprecated.ifPresent(since -> headers.add(new Reply.Header("Deprecation", "@" + since.getEpochSecond())));
        sunset.ifPresent(end -> headers.add(new Reply.Header("Sunset", HTTP_DATE.format(end))));
        return List.copyOf(headers);
    }
}
