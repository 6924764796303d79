package dev.sallyport.secret;

import java.math.BigInteger;
import java.util.UUID;

/** Numbers in digits {@code 0-9A-Za-z}, most significant first, padded with zeros to a fixed width. */
final class Base62 {

    static final int UUID_WIDTH = 22;
    static final int CHECKSUM_WIDTH = 6;
    static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static final BigInteger RADIX = BigInteger.valueOf(62);

    private Base62() {}

    /** The value of a digit, or -1. */
    static int digit(byte character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        if (character >= 'A' && character <= 'Z') {
            return character - 'A' + 10;
        }
        if (character >= 'a' && character <= 'z') {
            return character - 'a' + 36;
        }
        return -1;
    }

    /** The 128 bits of an id as 22 digits. */
    static String encode(UUID id) {
        var number = new BigInteger(id.toString().replace("-", ""), 16);
        var digits = new char[UUID_WIDTH];
        for (var i = UUID_WIDTH - 1; i >= 0; i--) {
            var parts = number.divideAndRemainder(RADIX);
            digits[i] = DIGITS.charAt(parts[1].intValue());
            number = parts[0];
        }
        return new String(digits);
    }

    /** Six digits of a 32-bit checksum. */
    static String encodeChecksum(long checksum) {
        var digits = new char[CHECKSUM_WIDTH];
        var rest = checksum;
        for (var i = CHECKSUM_WIDTH - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % 62));
            rest /= 62;
        }
        return new String(digits);
    }
}
