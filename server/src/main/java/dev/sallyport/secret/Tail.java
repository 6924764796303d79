package dev.sallyport.secret;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * How a credential of ours ends: random base62 digits, and six more that are CRC-32 over everything before them.
 *
 * <p>The checksum proves nothing; it lets a text that we cannot have issued be refused without a look-up.
 */
final class Tail {

    private Tail() {}

    /** The text that begins so, with that many random digits and the checksum. */
    static Secret mint(String beginning, int randomDigits, SecureRandom random) {
        var text = new StringBuilder(beginning);
        for (var i = 0; i < randomDigits; i++) {
            text.append(Base62.DIGITS.charAt(random.nextInt(Base62.DIGITS.length())));
        }
        return new Secret(closed(text.toString()));
    }

    /** The text with its checksum. */
    static String closed(String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        return text + Base62.encodeChecksum(checksum(bytes, bytes.length));
    }

    /** Whether everything from there on is digits, the last six of which are the checksum of all before them. */
    static boolean closes(byte[] text, int from) {
        var end = text.length - Base62.CHECKSUM_WIDTH;
        for (var i = from; i < end; i++) {
            if (Base62.digit(text[i]) < 0) {
                return false;
            }
        }
        var written = 0L;
        for (var i = end; i < text.length; i++) {
            var digit = Base62.digit(text[i]);
            if (digit < 0) {
                return false;
            }
            written = written * 62 + digit;
        }
        return written == checksum(text, end);
    }

    private static long checksum(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
