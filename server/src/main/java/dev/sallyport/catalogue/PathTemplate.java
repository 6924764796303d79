package dev.sallyport.catalogue;

import java.util.ArrayList;
import java.util.List;

/** A path in which whole segments may vary. */
record PathTemplate(List<Part> segments) {

    private static final int LONGEST_NAME = 100;

    /** A segment. */
    sealed interface Part {
        /** @param text decoded */
        record Literal(String text) implements Part {}

        record Variable(String name) implements Part {}
    }

    sealed interface Parsed {
        record Canonical(PathTemplate template) implements Parsed {}

        record Malformed(String reason) implements Parsed {}
    }

    static Parsed parse(String text) {
        var plain = new StringBuilder(text.length());
        var names = new ArrayList<String>();
        for (var start = 0; start <= text.length(); ) {
            var slash = text.indexOf('/', start);
            var end = slash < 0 ? text.length() : slash;
            var segment = text.substring(start, end);
            var isVariable = segment.startsWith("{") && segment.endsWith("}") && isName(segment);
            if (!isVariable && (segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0)) {
                return new Parsed.Malformed("A variable must be a whole segment and have a simple name.");
            }
            var name = isVariable ? segment.substring(1, segment.length() - 1) : "";
            if (isVariable && names.contains(name)) {
                return new Parsed.Malformed("Two variables have the same name.");
            }
            plain.append(start == 0 ? "" : "/").append(isVariable ? "x" : segment);
            names.add(name);
            start = end + 1;
        }
        return text.indexOf('?') >= 0
                ? new Parsed.Malformed("A template has no query.")
                : parts(names, CanonicalPath.parse(plain.toString()));
    }

    /** Whether between the braces there is a letter or an underscore, then letters, digits, dots, hyphens or underscores. */
    private static boolean isName(String segment) {
        var end = segment.length() - 1;
        if (end < 2 || end > LONGEST_NAME + 1) {
            return false;
        }
        for (var i = 1; i < end; i++) {
            var c = segment.charAt(i);
            var isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!isLetter && (i == 1 || !((c >= '0' && c <= '9') || c == '.' || c == '-'))) {
                return false;
            }
        }
        return true;
    }

    private static Parsed parts(List<String> names, CanonicalPath.Parsed parsed) {
        return switch (parsed) {
            case CanonicalPath.Parsed.Ambiguous(var reason) -> new Parsed.Malformed(reason);
            case CanonicalPath.Parsed.Canonical(var path) -> {
                var parts = new ArrayList<Part>();
                for (var i = 0; i < path.segments().size(); i++) {
                    if (path.isRespelled(i)) {
                        yield new Parsed.Malformed("The path escapes a character that can stand there plainly.");
                    }
                    // What precedes the first slash is no segment.
                    var name = names.get(i + 1);
                    parts.add(name.isEmpty() ? new Part.Literal(path.segments().get(i)) : new Part.Variable(name));
                }
                yield new Parsed.Canonical(new PathTemplate(List.copyOf(parts)));
            }
        };
    }

    /** For templates that were checked when they came in. */
    static PathTemplate require(String text) {
        return switch (parse(text)) {
            case Parsed.Canonical(var template) -> template;
            case Parsed.Malformed(var reason) -> throw new IllegalArgumentException(text + ": " + reason);
        };
    }

    /** The same for two templates that differ in the names of their variables only. */
    String shape() {
        var shape = new StringBuilder();
        for (var part : segments) {
            // A question mark is in no literal.
            shape.append('/').append(part instanceof Part.Literal(var text) ? text : "?");
        }
        return shape.toString();
    }
}
