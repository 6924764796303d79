package dev.sallyport.secret;

import java.util.Locale;
import java.util.UUID;

/**
 * What our credentials look like, as it is published for whoever searches for them where they must not be.
 *
 * <p>The brand is the first letters of every prefix: {@code dd} makes {@code ddpat_}.
 */
public enum CredentialForm {
    PERSONAL_ACCESS_TOKEN("pat"),
    SERVICE_ACCESS_TOKEN("sat"),
    APPLICATION_KEY("app"),
    API_KEY("");

    /** How a checksum is worked out, in words for people. */
    public static final String CHECKSUM =
            "The last 6 characters are the CRC-32 (ISO 3309) of all characters before them, prefix and underscores"
                    + " included, as a number in base 62 with the digits 0-9A-Za-z, most significant first, padded with 0.";

    static final String DIGIT = "[0-9A-Za-z]";

    private final String ending;

    CredentialForm(String ending) {
        this.ending = ending;
    }

    /** The word that the wire and the trail have for it: {@code personal_access_token}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What comes before the first underscore; empty for API keys, which have none. */
    public String prefix(String brand) {
        return ending.isEmpty() ? "" : brand + ending;
    }

    public boolean hasChecksum() {
        return this != API_KEY;
    }

    /** A regular expression in the syntax that RE2, PCRE and Java share. It matches the whole credential and nothing more. */
    public String regex(String brand) {
        return switch (this) {
            case PERSONAL_ACCESS_TOKEN, SERVICE_ACCESS_TOKEN ->
                prefix(brand) + "_" + DIGIT + "{" + Base62.UUID_WIDTH + "}_" + DIGIT + "{" + TokenText.TAIL_WIDTH + "}";
            case APPLICATION_KEY -> prefix(brand) + "_" + DIGIT + "{" + KeyText.TAIL_WIDTH + "}";
            case API_KEY -> "[0-9a-f]{" + ApiKeyText.WIDTH + "}";
        };
    }

    /** A text of that form that nobody was ever given: its id, if it has one, and its secret are zero. */
    public String example(String brand) {
        return switch (this) {
            case PERSONAL_ACCESS_TOKEN, SERVICE_ACCESS_TOKEN ->
                Tail.closed(TokenText.publicPortion(prefix(brand), new UUID(0, 0))
                        + "_"
                        + "0".repeat(TokenText.SECRET_WIDTH));
            case APPLICATION_KEY -> Tail.closed(prefix(brand) + "_" + "0".repeat(KeyText.SECRET_WIDTH));
            case API_KEY -> "0".repeat(ApiKeyText.WIDTH);
        };
    }
}
