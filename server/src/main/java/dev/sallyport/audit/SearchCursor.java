package dev.sallyport.audit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a page ended. The window of time is that of the first page, so that {@code now} stands still while somebody pages.
 *
 * @param search tells the search that it belongs to; another one is refused
 */
record SearchCursor(long fromMicros, long toMicros, int search, long atMicros, String id) {

    private static final int LONGEST = 200;
    private static final Pattern CONTENT =
            Pattern.compile("1 ([0-9]{1,18}) ([0-9]{1,18}) (-?[0-9]{1,10}) ([0-9]{1,18}) ([0-9A-Za-z_-]{1,64})");

    static Optional<SearchCursor> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var content = CONTENT.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
            return content.matches()
                    ? Optional.of(new SearchCursor(
                            Long.parseLong(content.group(1)),
                            Long.parseLong(content.group(2)),
                            (int) Long.parseLong(content.group(3)),
                            Long.parseLong(content.group(4)),
                            content.group(5)))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        var content = "1 " + fromMicros + " " + toMicros + " " + search + " " + atMicros + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(StandardCharsets.US_ASCII));
    }
}
