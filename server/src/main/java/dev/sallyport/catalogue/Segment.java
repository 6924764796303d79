package dev.sallyport.catalogue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One segment of a path, decoded.
 *
 * @param flaw why it cannot be read in one way only; null where it can
 * @param isRespelled whether a character that could stand there plainly was escaped
 */
record Segment(String text, @Nullable String flaw, boolean isRespelled) {

    private static final String UNRESERVED_CHARACTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static final boolean[] UNRESERVED = flags(UNRESERVED_CHARACTERS);

    /** The characters of RFC 3986 pchar, without the semicolon: some servers cut a segment there. */
    private static final boolean[] PLAIN = flags(UNRESERVED_CHARACTERS + "!$&'()*+,=:@");

    private static final boolean[] STRUCTURAL = flags("/\\;?#%");

    private static final String ESCAPE = "The path has an escape that is not a percent sign and two upper-case digits.";

    private static boolean[] flags(String characters) {
        var flags = new boolean[0x80];
        characters.chars().forEach(c -> flags[c] = true);
        return flags;
    }

    static boolean isPlain(char c) {
        return c < PLAIN.length && PLAIN[c];
    }

    /** Why a character that is not plain refuses the path. */
    static String flawOf(char c) {
        return c > ' ' && c < 0x7F
                ? "The path has the character '" + c + "'."
                : "The path has a character that is not printable ASCII.";
    }

    /** Reads the text from {@code start} to {@code end}, whose characters are plain but for percent signs. */
    static Segment read(String text, int start, int end, boolean isEscaped) {
        if (end > start && text.charAt(end - 1) == '.') {
            return flawed("The path has a segment that ends in a dot.");
        }
        return isEscaped ? decode(text, start, end) : new Segment(text.substring(start, end), null, false);
    }

    private static Segment decode(String text, int start, int end) {
        var bytes = new byte[end - start];
        var length = 0;
        var isRespelled = false;
        for (var i = start; i < end; i++) {
            var c = text.charAt(i);
            if (c != '%') {
                bytes[length++] = (byte) c;
                continue;
            }
            if (i + 2 >= end || digit(text.charAt(i + 1)) < 0 || digit(text.charAt(i + 2)) < 0) {
                return flawed(ESCAPE);
            }
            var octet = digit(text.charAt(i + 1)) << 4 | digit(text.charAt(i + 2));
            var flaw = flawOfEscaped(octet);
            if (flaw != null) {
                return flawed(flaw);
            }
            isRespelled |= octet < 0x80 && PLAIN[octet];
            bytes[length++] = (byte) octet;
            i += 2;
        }
        return utf8(bytes, length, isRespelled);
    }

    private static @Nullable String flawOfEscaped(int octet) {
        if (octet >= 0x80) {
            return null;
        }
        if (octet < ' ' || octet == 0x7F) {
            return "The path has an escaped control character.";
        }
        if (UNRESERVED[octet]) {
            return "The path escapes a character that needs no escape.";
        }
        return STRUCTURAL[octet] ? "The path escapes the character '" + (char) octet + "'." : null;
    }

    private static Segment utf8(byte[] bytes, int length, boolean isRespelled) {
        try {
            // A decoder of its own reports what is malformed: overlong forms, surrogates, what is cut off.
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
            if (text.chars().anyMatch(Character::isISOControl)) {
                return flawed("The path has an escaped control character.");
            }
            // Some file systems cut it off, and make two dots of two dots and a blank.
            return text.endsWith(" ")
                    ? flawed("The path has a segment that ends in a blank.")
                    : new Segment(text, null, isRespelled);
        } catch (CharacterCodingException e) {
            return flawed("The path has an escape that is not UTF-8.");
        }
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }

    private static Segment flawed(String flaw) {
        return new Segment("", flaw, false);
    }
}
