package dev.sallyport.secret;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The text of an application key: {@code <prefix>_<28 digits of secret><6 digits of checksum>}, all base62.
 *
 * <p>With the prefix {@code ddapp} it has the 40 characters that clients of this legacy kind expect. It carries no id, so it is
 * looked up by its digest. The checksum is that of {@link TokenText}. The secret has 28 · log2(62) ≈ 166 bits.
 */
public final class KeyText {

    /** How many characters at the end may be shown to tell keys apart. */
    static final int SHOWN = 4;

    static final int SECRET_WIDTH = 28;
    static final int TAIL_WIDTH = SECRET_WIDTH + Base62.CHECKSUM_WIDTH;

    private static final String DOMAIN = "application_key";

    private final String prefix;
    private final byte[] text;

    private KeyText(String prefix, byte[] text) {
        this.prefix = prefix;
        this.text = text;
    }

    /** A new key. */
    public static Secret mint(String prefix, SecureRandom random) {
        return Tail.mint(prefix + "_", SECRET_WIDTH, random);
    }

    /** The key in this text, or null for whatever this format cannot have produced. */
    public static @Nullable KeyText recognise(String text) {
        var separator = text.indexOf('_');
        if (separator < 1 || separator > TokenText.LONGEST_PREFIX || text.length() != separator + 1 + TAIL_WIDTH) {
            return null;
        }
        // Characters beyond Latin-1 become '?', which is no digit.
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return Tail.closes(bytes, separator + 1) ? new KeyText(text.substring(0, separator), bytes) : null;
    }

    /** The kind of key: {@code ddapp}. */
    public String prefix() {
        return prefix;
    }

    /** The last four characters, which the wire shows of a key. They are part of the checksum and tell nothing of the rest. */
    public String last4() {
        return new String(text, text.length - SHOWN, SHOWN, StandardCharsets.ISO_8859_1);
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
        return "KeyText(" + prefix + ")";
    }
}
