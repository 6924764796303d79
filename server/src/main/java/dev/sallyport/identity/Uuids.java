package dev.sallyport.identity;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Strict reading of identifiers: {@link UUID#fromString} also takes {@code 1-1-1-1-1}. */
public final class Uuids {

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Uuids() {}

    public static Optional<UUID> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
