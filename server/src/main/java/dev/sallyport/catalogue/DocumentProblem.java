package dev.sallyport.catalogue;

import tools.jackson.core.JsonPointer;

/**
 * Why a document cannot be taken.
 *
 * @param pointer where, as a JSON pointer (RFC 6901); empty for the whole document
 */
record DocumentProblem(String pointer, String detail) {

    private static final int LONGEST_QUOTE = 80;

    static DocumentProblem at(JsonPointer pointer, String detail) {
        return new DocumentProblem(quoted(pointer.toString()), detail);
    }

    /** Text of the document as it may be shown: short, and without anything that moves a terminal's cursor. */
    static String quoted(String text) {
        var shown = new StringBuilder();
        text.codePoints().limit(LONGEST_QUOTE).forEach(c -> shown.appendCodePoint(isPrintable(c) ? c : '?'));
        return shown.length() < text.length() ? shown + "…" : shown.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.PRIVATE_USE -> false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return (pointer.isEmpty() ? "The document" : pointer) + ": " + detail;
    }
}
