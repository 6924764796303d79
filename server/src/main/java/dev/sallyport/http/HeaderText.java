package dev.sallyport.http;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Header names and values in the form that the wire has. A text of characters would be hashed, checked and written character by
 * character for each answer, which took a fifth of the time of a decision.
 */
final class HeaderText {

    /** Names stand in the program's text, so that there are few. */
    private static final int MOST_NAMES = 1_000;

    private static final Map<String, AsciiString> NAMES = new ConcurrentHashMap<>();

    private HeaderText() {}

    static CharSequence name(String name) {
        var known = NAMES.get(name);
        if (known != null) {
            return known;
        }
        var text = new AsciiString(name);
        if (NAMES.size() < MOST_NAMES) {
            NAMES.put(name, text);
        }
        return text;
    }

    /** What is beyond Latin-1 becomes a question mark. */
    static CharSequence value(String value) {
        return new AsciiString(value.getBytes(StandardCharsets.ISO_8859_1), false);
    }
}
