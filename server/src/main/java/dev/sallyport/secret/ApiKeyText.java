package dev.sallyport.secret;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The text of an API key: 128 random bits as 32 lower-case hexadecimal digits.
 *
 * <p>The wire fixes this form: there is neither prefix nor checksum, so every text of 32 such digits has to be looked up, by
 * its digest.
 */
public final class ApiKeyText {

    static final int WIDTH = 32;

    private static final String DOMAIN = "api_key";

    private final byte[] text;

    private ApiKeyText(byte[] text) {
        this.text = text;
    }

    /** A new key. */
    public static Secret mint(SecureRandom random) {
        var bits = new byte[WIDTH / 2];
        random.nextBytes(bits);
        return new Secret(HexFormat.of().formatHex(bits));
    }

    /** The key in this text, or null for whatever this format cannot have produced. */
    public static @Nullable ApiKeyText recognise(String text) {
        if (text.length() != WIDTH) {
            return null;
        }
        // Characters beyond Latin-1 become '?', which is no digit.
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (var character : bytes) {
            if (!isDigit(character)) {
                return null;
            }
        }
        return new ApiKeyText(bytes);
    }

    static boolean isDigit(byte character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
    }

    /** The last four characters, which the wire shows of a key; the other 112 bits stay unknown. */
    public String last4() {
        return new String(text, WIDTH - KeyText.SHOWN, KeyText.SHOWN, StandardCharsets.ISO_8859_1);
    }

    /** What is kept of it, what it is looked up by, and what a presented one must match. */
    public byte[] digest(Pepper pepper) {
        return pepper.digest(DOMAIN, text);
    }

    /** The same of a key that was just minted. */
    public static byte[] digest(Pepper pepper, Secret key) {
        return pepper.digest(DOMAIN, key.reveal().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "ApiKeyText(hidden)";
    }
}
