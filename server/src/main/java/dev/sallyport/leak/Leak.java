package dev.sallyport.leak;

import dev.sallyport.identity.Origin;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Who says that a credential has leaked, and where it was seen. The texts are bounded and fit for the trail.
 *
 * @param source what it was seen in, in the reporter's word: {@code content}, {@code commit}; empty if unknown
 * @param url where it was seen; empty if unknown
 */
public record Leak(Reporter reporter, String source, String url, Origin origin) {

    public enum Reporter {
        GITHUB,
        HOLDER
    }

    private static final int LONGEST_SOURCE = 64;
    private static final int LONGEST_URL = 500;

    public Leak {
        source = clean(source, LONGEST_SOURCE);
        url = clean(url, LONGEST_URL);
    }

    /** The one who holds it ended it. */
    static Leak ofHolder(Origin origin) {
        return new Leak(Reporter.HOLDER, "", "", origin);
    }

    /** For the details of an audit event. */
    public Map<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("reporter", reporter.name().toLowerCase(Locale.ROOT));
        if (!source.isEmpty()) {
            facts.put("source", source);
        }
        if (!url.isEmpty()) {
            facts.put("url", url);
        }
        return facts;
    }

    /** Without what could forge a line of the trail or turn the direction of reading. */
    static String clean(String text, int most) {
        var clean = new StringBuilder();
        text.codePoints().filter(Leak::isVisible).limit(most).forEach(clean::appendCodePoint);
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
}
