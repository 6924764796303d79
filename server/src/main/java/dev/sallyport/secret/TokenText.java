package dev.sallyport.secret;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The text of a token: {@code <prefix>_<22 digits of its id>_<30 digits of secret><6 digits of checksum>}, all base62.
 *
 * <p>The checksum is CRC-32 over everything before it, so a text that we cannot have issued is refused without a look-up.
 * The secret has 30 · log2(62) ≈ 178 bits.
 */
public final class TokenText {

    static final int SECRET_WIDTH = 30;
    static final int TAIL_WIDTH = SECRET_WIDTH + Base62.CHECKSUM_WIDTH;

    private static final String DOMAIN = "token";

    /** What a prefix may be: short, and never with the separator in it. */
    public static final int LONGEST_PREFIX = 16;

    private final String prefix;
    private final UUID id;
    private final byte[] text;

    private TokenText(String prefix, UUID id, byte[] text) {
        this.prefix = prefix;
        this.id = id;
        this.text = text;
    }

    /** A new token for that id. */
    public static Secret mint(String prefix, UUID id, SecureRandom random) {
        return Tail.mint(publicPortion(prefix, id) + "_", SECRET_WIDTH, random);
    }

    /** The part of a token that is no secret. */
    public static String publicPortion(String prefix, UUID id) {
        return prefix + "_" + Base62.encode(id);
    }

    /** The token in this text, or null for whatever this format cannot have produced. */
    public static @Nullable TokenText recognise(String text) {
        var separator = text.indexOf('_');
        if (separator < 1
                || separator > LONGEST_PREFIX
                || text.length() != separator + 1 + Base62.UUID_WIDTH + 1 + TAIL_WIDTH) {
            return null;
        }
        // Characters beyond Latin-1 become '?', which is no digit.
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        var tail = separator + 1 + Base62.UUID_WIDTH + 1;
        if (bytes[tail - 1] != '_' || !Tail.closes(bytes, tail)) {
            return null;
        }
        var id = decode(bytes, separator + 1);
        return id == null ? null : new TokenText(text.substring(0, separator), id, bytes);
    }

    /** 128-bit arithmetic in two longs; null where a digit is none or the number has more than 128 bits. */
    private static @Nullable UUID decode(byte[] bytes, int from) {
        var high = 0L;
        var low = 0L;
        for (var i = from; i < from + Base62.UUID_WIDTH; i++) {
            var digit = Base62.digit(bytes[i]);
            if (digit < 0 || Math.unsignedMultiplyHigh(high, 62) != 0) {
                return null;
            }
            var product = low * 62;
            var carry = Math.unsignedMultiplyHigh(low, 62);
            low = product + digit;
            if (Long.compareUnsigned(low, product) < 0) {
                carry++;
            }
            var shifted = high * 62;
            high = shifted + carry;
            if (Long.compareUnsigned(high, shifted) < 0) {
                return null;
            }
        }
        return new UUID(high, low);
    }

    /** The kind of token: {@code ddpat}. */
    public String prefix() {
        return prefix;
    }

    public UUID id() {
        return id;
    }

    /** What is kept of it, and what a presented one must match. */
    public byte[] digest(Pepper pepper) {
        return pepper.digest(DOMAIN, text);
    }

    /** The same of a token that was just minted. */
    public static byte[] digest(Pepper pepper, Secret token) {
        return pepper.digest(DOMAIN, token.reveal().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "TokenText(" + prefix + " " + id + ")";
    }
}
