package dev.sallyport.http;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Percent-encoding, RFC 3986 §2.1, read strictly: two hexadecimal digits, and UTF-8 beneath. */
final class Percent {

    private Percent() {}

    /** Empty if an escape is broken or stands for U+0000, the bytes are not UTF-8, or the text holds anything but ASCII. */
    static Optional<String> decode(String text) {
        var isPlain = true;
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7F) {
                return Optional.empty();
            }
            isPlain &= text.charAt(i) != '%';
        }
        return isPlain ? Optional.of(text) : decodeEscapes(text);
    }

    /** The same, where a plus sign stands for a blank. */
    static Optional<String> decodeForm(String text) {
        return decode(text.replace("+", "%20"));
    }

    private static Optional<String> decodeEscapes(String text) {
        var bytes = ByteBuffer.allocate(text.length());
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character != '%') {
                bytes.put((byte) character);
                continue;
            }
            if (i + 2 >= text.length()) {
                return Optional.empty();
            }
            var high = hexDigit(text.charAt(i + 1));
            var low = hexDigit(text.charAt(i + 2));
            if (high < 0 || low < 0 || (high | low) == 0) {
                return Optional.empty();
            }
            bytes.put((byte) (high << 4 | low));
            i += 2;
        }
        return Utf8.decode(bytes.flip());
    }

    /** -1 for anything but an ASCII hexadecimal digit. */
    static int hexDigit(char character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        var lower = character | 0x20;
        return character < 0x80 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
