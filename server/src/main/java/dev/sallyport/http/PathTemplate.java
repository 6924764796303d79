package dev.sallyport.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A route's path, taken apart: each segment is a literal, or a parameter in braces. */
record PathTemplate(List<Segment> segments) {

    sealed interface Segment {
        record Literal(String text) implements Segment {}

        record Parameter(String name) implements Segment {}
    }

    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final Pattern PARAMETER = Pattern.compile("\\{[a-z][a-z0-9_]*}");

    PathTemplate {
        segments = List.copyOf(segments);
    }

    static PathTemplate of(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(path + ": a path begins with a slash");
        }
        var segments = new ArrayList<Segment>();
        if (path.length() > 1) {
            for (var text : path.substring(1).split("/", -1)) {
                segments.add(segment(path, text));
            }
        }
        return new PathTemplate(segments);
    }

    private static Segment segment(String path, String text) {
        if (PARAMETER.matcher(text).matches()) {
            return new Segment.Parameter(text.substring(1, text.length() - 1));
        }
        if (!LITERAL.matcher(text).matches() || text.equals(".") || text.equals("..")) {
            throw new IllegalArgumentException(path + ": '" + text + "' is neither a literal nor a parameter");
        }
        return new Segment.Literal(text);
    }

    List<String> parameterNames() {
        return segments.stream()
                .filter(segment -> segment instanceof Segment.Parameter)
                .map(segment -> ((Segment.Parameter) segment).name())
                .toList();
    }
}
