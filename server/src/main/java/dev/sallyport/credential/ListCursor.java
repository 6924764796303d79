package dev.sallyport.credential;

import dev.sallyport.identity.Uuids;
import dev.sallyport.sql.Micros;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a page of the inventory ended, as its reader gives it back. */
final class ListCursor {

    private static final int LONGEST = 100;
    private static final Pattern CONTENT = Pattern.compile("1 ([0-9]{1,18}) ([0-9a-f-]{36})");

    private ListCursor() {}

    static String of(InventoryStore.Place place) {
        var content = "1 " + Micros.of(place.createdAt()) + " " + place.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(StandardCharsets.US_ASCII));
    }

    static Optional<InventoryStore.Place> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var content = CONTENT.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
            return content.matches()
                    ? Uuids.parse(content.group(2))
                            .map(id -> new InventoryStore.Place(Micros.toInstant(Long.parseLong(content.group(1))), id))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
