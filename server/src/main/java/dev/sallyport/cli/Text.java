package dev.sallyport.cli;

/** Makes text of a server fit for a terminal. */
final class Text {

    private Text() {}

    /** One line without anything that could move the cursor, change colours, or turn the direction of reading. */
    static String clean(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints()
                .map(character -> character == '\t' || character == '\n' || character == '\r' ? ' ' : character)
                .filter(Text::isVisible)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** At most that many characters; an ellipsis says that some are missing. */
    static String shortened(String text, int most) {
        return width(text) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
