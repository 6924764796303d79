package dev.sallyport.identity;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** The rule for names that people give to things: tokens, users, organizations, APIs. */
public final class DisplayName {

    /** In code points. */
    public static final int LONGEST = 255;

    private DisplayName() {}

    /** What is wrong with the name, as a sentence that does not repeat it; empty if nothing is. */
    public static Optional<String> problemWith(String name) {
        // Any code point is at most two characters: a huge text is refused without a walk through it.
        if (name.length() > 2 * LONGEST || name.codePointCount(0, name.length()) > LONGEST) {
            return Optional.of("The name must have at most " + LONGEST + " characters.");
        }
        if (name.codePoints().allMatch(DisplayName::isInvisible)) {
            return Optional.of("The name must not be blank.");
        }
        if (name.codePoints().anyMatch(DisplayName::isRefused)) {
            return Optional.of("The name must not hold control or bidirectional characters.");
        }
        return Optional.empty();
    }

    /** What names are compared and ordered by: NFKC, then lower case of no language. */
    public static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static boolean isInvisible(int point) {
        return Character.isWhitespace(point)
                || Character.isSpaceChar(point)
                || Character.getType(point) == Character.FORMAT;
    }

    /** Controls and line breaks forge log lines, bidirectional controls forge what is read; a lone surrogate is no text. */
    private static boolean isRefused(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> isBidirectionalControl(point);
        };
    }

    private static boolean isBidirectionalControl(int point) {
        return point == 0x061C
                || point == 0x200E
                || point == 0x200F
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069);
    }
}
