package dev.sallyport.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A route's path, taken apart: each segment is a literal, a parameter in braces, or the rest. */
record PathTemplate(List<Segment> segments) {

    sealed interface Segment {
        record Literal(String text) implements Segment {}

        record Parameter(String name) implements Segment {}

        /** Everything from its slash on; it is the last. */
        record Rest(String name) implements Segment {}
    }

    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final Pattern PARAMETER = Pattern.compile("\\{[a-z][a-z0-9_]*}");
    private static final Pattern REST = Pattern.compile("\\{[a-z][a-z0-9_]*\\.\\.\\.}");

    PathTemplate {
        segments = List.copyOf(segments);
        if (segments.subList(0, Math.max(0, segments.size() - 1)).stream().anyMatch(Segment.Rest.class::isInstance)) {
            throw new IllegalArgumentException("nothing follows the rest of a path");
        }
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
        if (REST.matcher(text).matches()) {
            return new Segment.Rest(text.substring(1, text.length() - "...}".length()));
        }
        if (!LITERAL.matcher(text).matches() || text.equals(".") || text.equals("..")) {
            throw new IllegalArgumentException(path + ": '" + text + "' is neither a literal nor a parameter");
        }
        return new Segment.Literal(text);
    }

    List<String> parameterNames() {
        return segments.stream()
                .<String>mapMulti((segment, names) -> {
                    switch (segment) {
                        case Segment.Literal _ -> {}
                        case Segment.Parameter(var name) -> names.accept(name);
                        case Segment.Rest(var name) -> names.accept(name);
                    }
                })
                .toList();
    }
}
