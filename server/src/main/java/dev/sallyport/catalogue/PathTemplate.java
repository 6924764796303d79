package dev.sallyport.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** A path in which whole segments may vary. */
record PathTemplate(List<Part> segments) {

    private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z_][A-Za-z0-9_.-]{0,99}}");

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
        var plain = new StringBuilder();
        var names = new ArrayList<String>();
        for (var segment : text.split("/", -1)) {
            var isVariable = VARIABLE.matcher(segment).matches();
            if (!isVariable && (segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0)) {
                return new Parsed.Malformed("A variable must be a whole segment and have a simple name: " + segment);
            }
            names.add(isVariable ? segment.substring(1, segment.length() - 1) : "");
            plain.append(plain.isEmpty() && names.size() == 1 ? "" : "/").append(isVariable ? "x" : segment);
        }
        var variables = names.stream().filter(name -> !name.isEmpty()).toList();
        if (new HashSet<>(variables).size() < variables.size()) {
            return new Parsed.Malformed("Two variables have the same name.");
        }
        return text.indexOf('?') >= 0
                ? new Parsed.Malformed("A template has no query.")
                : parts(names, CanonicalPath.parse(plain.toString()));
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
