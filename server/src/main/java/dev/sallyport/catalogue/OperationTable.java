package dev.sallyport.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the operation of a request: a tree of segments for each method, in which both the literal and the variable branch
 * are followed.
 *
 * <p>Of several templates that fit, the one wins that is literal wherever another is. Where none is, routers disagree
 * about who is meant, and so the answer is that it is ambiguous.
 */
public final class OperationTable {

    private final List<Operation> operations;
    private final Map<String, Node> roots = new HashMap<>();
    private final Map<String, List<Operation>> byId = new HashMap<>();
    private final Map<Meant, List<Operation>> byMeaning = new HashMap<>();

    private record Meant(String resource, String action) {}

    private OperationTable(List<Operation> operations) {
        this.operations = List.copyOf(operations);
        this.operations.forEach(this::add);
    }

    /** @throws IllegalArgumentException if a template is malformed, or two are the same up to the names of variables */
    public static OperationTable of(List<Operation> operations) {
        return new OperationTable(operations);
    }

    /** Which operation a request is. */
    public sealed interface Match {
        record Matched(Operation operation, CanonicalPath path) implements Match {

            /** The values of the variable segments, decoded, in the order of the path. */
            public Map<String, String> parameters() {
                var parameters = new LinkedHashMap<String, String>();
                var template = operation.template();
                var start = 1;
                for (var value : path.segments()) {
                    var slash = template.indexOf('/', start);
                    var end = slash < 0 ? template.length() : slash;
                    if (template.startsWith("{", start)) {
                        parameters.put(template.substring(start + 1, end - 1), value);
                    }
                    start = end + 1;
                }
                return parameters;
            }
        }

        record Unknown() implements Match {}

        /** Two operations could be meant. */
        record Ambiguous() implements Match {}
    }

    private static final Match UNKNOWN = new Match.Unknown();
    private static final Match AMBIGUOUS = new Match.Ambiguous();

    /** In the order of the document. */
    public List<Operation> operations() {
        return operations;
    }

    /** Those with that id; more than one where versions share it. */
    public List<Operation> named(String id) {
        return byId.getOrDefault(id, List.of());
    }

    /** Those that do that to such a resource, under whatever conditions. */
    public List<Operation> meaning(String resource, String action) {
        return byMeaning.getOrDefault(new Meant(resource, action), List.of());
    }

    /** @param method as it was sent: methods are case-sensitive (RFC 9110 §9.1) */
    public Match match(String method, CanonicalPath path) {
        var root = roots.get(method);
        if (root == null) {
            return UNKNOWN;
        }
        var search = new Search(path);
        search.visit(root, 0, 0, false);
        return search.result();
    }

    private void add(Operation operation) {
        var node = roots.computeIfAbsent(operation.method(), _ -> new Node());
        for (var part : PathTemplate.require(operation.template()).segments()) {
            node = node.next(part);
        }
        if (node.operation != null) {
            throw new IllegalArgumentException(
                    operation.method() + " " + operation.template() + " and " + node.operation.template() + " are one");
        }
        node.operation = operation;
        byId.computeIfAbsent(operation.id(), _ -> new ArrayList<>(1)).add(operation);
        var meaning = operation.meaning();
        if (meaning != null) {
            byMeaning
                    .computeIfAbsent(new Meant(meaning.resource(), meaning.action()), _ -> new ArrayList<>(1))
                    .add(operation);
        }
    }

    private static final class Node {

        private final Map<String, Node> literals = new HashMap<>();

        /** By the literal in lower case; the first of several. */
        private final Map<String, Node> folded = new HashMap<>();

        private @Nullable Node variable;
        private @Nullable Operation operation;

        Node next(PathTemplate.Part part) {
            return switch (part) {
                case PathTemplate.Part.Literal(var text) -> {
                    var node = literals.computeIfAbsent(text, _ -> new Node());
                    folded.putIfAbsent(text.toLowerCase(Locale.ROOT), node);
                    yield node;
                }
                case PathTemplate.Part.Variable _ -> {
                    var node = variable == null ? new Node() : variable;
                    variable = node;
                    yield node;
                }
            };
        }
    }

    /** One walk through the tree. Positions of literals are bits, so that "literal wherever another is" is a comparison. */
    private static final class Search {

        private final CanonicalPath path;
        private final List<String> segments;
        private @Nullable Operation best;
        private long literalInBest;
        private long literalInAny;
        private boolean isDoubtful;

        Search(CanonicalPath path) {
            this.path = path;
            this.segments = path.segments();
        }

        /** @param isTwisted whether the way here took another spelling of a literal for the literal */
        void visit(Node node, int depth, long literal, boolean isTwisted) {
            if (depth == segments.size()) {
                arrive(node.operation, literal, isTwisted);
                return;
            }
            var segment = segments.get(depth);
            var exact = node.literals.get(segment);
            if (exact != null) {
                visit(exact, depth + 1, literal | 1L << depth, isTwisted || path.isRespelled(depth));
            } else if (!node.folded.isEmpty()) {
                visitOtherCase(node, segment, depth, literal);
            }
            if (node.variable != null && !segment.isEmpty()) {
                visit(node.variable, depth + 1, literal, isTwisted);
            }
        }

        private void visitOtherCase(Node node, String segment, int depth, long literal) {
            var similar = node.folded.get(segment.toLowerCase(Locale.ROOT));
            if (similar != null) {
                visit(similar, depth + 1, literal, true);
            }
        }

        private void arrive(@Nullable Operation operation, long literal, boolean isTwisted) {
            if (operation == null) {
                return;
            }
            if (isTwisted) {
                // A router that is less exact than we are would serve this operation.
                isDoubtful = true;
                return;
            }
            literalInAny |= literal;
            if (best == null || (literal & literalInBest) == literalInBest) {
                best = operation;
                literalInBest = literal;
            }
        }

        Match result() {
            if (isDoubtful) {
                return AMBIGUOUS;
            }
            if (best == null) {
                return UNKNOWN;
            }
            return literalInBest == literalInAny ? new Match.Matched(best, path) : AMBIGUOUS;
        }
    }
}
