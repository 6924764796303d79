package dev.sallyport.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request. Paths match segment by segment, as they were sent; a literal goes before a parameter.
 *
 * <p>Nothing is normalised. A parameter is decoded, and one that could be read as anything but a single segment (a slash, a dot
 * segment, a control character) matches nothing. The rest of a path is no parameter: it is handed on as it was sent, because
 * whoever asks for it is the one to read it.
 */
final class RouteTable {

    sealed interface Match {
        record Found(Route route, List<String> names, List<String> values) implements Match {}

        record OtherMethods(String allowed) implements Match {}

        record Nothing() implements Match {}
    }

    /** One place in the tree of segments. */
    private static final class Node {
        private final Map<String, Node> literals = new LinkedHashMap<>();
        private final Map<String, Row> rows = new LinkedHashMap<>();
        private @Nullable Node parameter;
        private @Nullable Node rest;
    }

    private record Row(Route route, List<String> names, boolean hasRest) {}

    private static final Match NOTHING = new Match.Nothing();
    private static final int MOST_SEGMENTS = 16;

    private final Node root = new Node();

    /** @throws IllegalArgumentException if two routes have the same method and match the same paths */
    RouteTable(List<Route> routes) {
        routes.forEach(this::add);
    }

    private void add(Route route) {
        var template = PathTemplate.of(route.path());
        var names = template.parameterNames();
        if (names.stream().distinct().count() != names.size()
                || template.segments().size() > MOST_SEGMENTS) {
            throw new IllegalArgumentException(
                    route.path() + ": a name occurs twice, or there are more than " + MOST_SEGMENTS + " segments");
        }
        var node = root;
        for (var segment : template.segments()) {
            node = switch (segment) {
                case PathTemplate.Segment.Literal(var text) -> node.literals.computeIfAbsent(text, _ -> new Node());
                case PathTemplate.Segment.Parameter _ -> parameterOf(node);
                case PathTemplate.Segment.Rest _ -> restOf(node);
            };
        }
        var hasRest =
                !template.segments().isEmpty() && template.segments().getLast() instanceof PathTemplate.Segment.Rest;
        if (node.rows.putIfAbsent(route.method().name(), new Row(route, names, hasRest)) != null) {
            throw new IllegalArgumentException(route.method() + " " + route.path() + " is there twice");
        }
    }

    private static Node parameterOf(Node node) {
        var parameter = node.parameter;
        if (parameter == null) {
            parameter = new Node();
            node.parameter = parameter;
        }
        return parameter;
    }

    private static Node restOf(Node node) {
        var rest = node.rest;
        if (rest == null) {
            rest = new Node();
            node.rest = rest;
        }
        return rest;
    }

    Match match(String method, String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return NOTHING;
        }
        var raw = new ArrayList<String>(2);
        var node = path.length() == 1 ? root : descend(root, path, 1, raw);
        if (node == null || node.rows.isEmpty()) {
            return NOTHING;
        }
        var row = node.rows.getOrDefault(method, node.rows.get(Method.ANY.name()));
        var parameters = row != null && row.hasRest ? raw.size() - 1 : raw.size();
        for (var i = 0; i < parameters; i++) {
            var value = Percent.decode(raw.get(i));
            if (value.isEmpty() || !isOneSegment(value.get())) {
                return NOTHING;
            }
            raw.set(i, value.get());
        }
        return row == null
                ? new Match.OtherMethods(String.join(", ", node.rows.keySet()))
                : new Match.Found(row.route, row.names, raw);
    }

    /** The place that the rest of the path leads to, where routes are; the raw parameters on the way are added. */
    private static @Nullable Node descend(Node node, String path, int from, List<String> raw) {
        var slash = path.indexOf('/', from);
        var segment = path.substring(from, slash < 0 ? path.length() : slash);
        var literal = node.literals.get(segment);
        if (literal != null) {
            var end = slash < 0 ? literal : descend(literal, path, slash + 1, raw);
            if (end != null && !end.rows.isEmpty()) {
                return end;
            }
        }
        if (node.parameter != null && !segment.isEmpty()) {
            raw.add(segment);
            var end = slash < 0 ? node.parameter : descend(node.parameter, path, slash + 1, raw);
            if (end != null && !end.rows.isEmpty()) {
                return end;
            }
            raw.removeLast();
        }
        if (node.rest != null) {
            raw.add(path.substring(from - 1));
        }
        return node.rest;
    }

    private static boolean isOneSegment(String value) {
        if (value.isEmpty() || value.equals(".") || value.equals("..")) {
            return false;
        }
        for (var i = 0; i < value.length(); i++) {
            var character = value.charAt(i);
            if (character == '/' || character == '\\' || Character.isISOControl(character)) {
                return false;
            }
        }
        return true;
    }
}
