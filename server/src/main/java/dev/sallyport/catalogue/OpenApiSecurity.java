package dev.sallyport.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Reads what an operation declares about permissions. Where that is flawed, it reports and takes it for nothing. */
final class OpenApiSecurity {

    static final String PERMISSION = "x-permission";
    static final String SECURITY = "security";

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.:-]{0,99}");

    private final Place document;
    private final Consumer<DocumentProblem> problems;

    OpenApiSecurity(Place document, Consumer<DocumentProblem> problems) {
        this.document = document;
        this.problems = problems;
    }

    Declaration declarationOf(Place operation) {
        if (operation.has(PERMISSION)) {
            return permission(operation.member(PERMISSION));
        }
        if (operation.has(SECURITY)) {
            return security(operation.member(SECURITY));
        }
        // What the document declares for all is checked once, by the reader.
        return document.has(SECURITY)
                ? new OpenApiSecurity(document, _ -> {}).security(document.member(SECURITY))
                : new Declaration.Nothing();
    }

    private Declaration permission(Place place) {
        if (!place.node().isObject()) {
            var names = place.node().isString() ? List.of(place) : place.elements();
            return named(place, names, true);
        }
        return switch (place.node().path("operator").asString("")) {
            case "OPEN" -> new Declaration.SignedIn();
            case "OR" -> named(place, place.member("permissions").elements(), false);
            case "AND" -> named(place, place.member("permissions").elements(), true);
            default -> flawed(place, "The operator must be OR, AND or OPEN.");
        };
    }

    private Declaration named(Place place, List<Place> names, boolean needsAll) {
        var read = names(names);
        if (read.size() < names.size()) {
            return new Declaration.Nothing();
        }
        if (read.isEmpty()) {
            return flawed(place, "It names no permission; leave it out, or use the operator OPEN.");
        }
        return needsAll ? Declaration.allOf(read) : Declaration.anyOf(read);
    }

    /** Checks, once, what the document declares for all operations. */
    void check() {
        if (document.has(SECURITY)) {
            security(document.member(SECURITY));
        }
    }

    /** Alternatives, of which each combines schemes; none at all, or an empty one, asks nothing of anybody. */
    private Declaration security(Place place) {
        if (!place.node().isArray()) {
            return flawed(place, "It must be a list.");
        }
        var alternatives = new ArrayList<List<String>>();
        var isOpen = place.node().isEmpty();
        for (var alternative : place.elements()) {
            if (!alternative.node().isObject()) {
                return flawed(alternative, "It must be an object.");
            }
            isOpen |= alternative.node().isEmpty();
            alternatives.add(scopes(alternative));
        }
        if (isOpen) {
            return new Declaration.Open();
        }
        return alternatives.contains(List.<String>of())
                ? new Declaration.SignedIn()
                : new Declaration.Holding(alternatives);
    }

    private List<String> scopes(Place alternative) {
        var scopes = new ArrayList<String>();
        for (var scheme : alternative.names()) {
            var listed = alternative.member(scheme);
            if (listed.node().isArray()) {
                scopes.addAll(names(listed.elements()));
            } else {
                problems.accept(listed.problem("It must be a list of scopes."));
            }
        }
        return scopes;
    }

    private List<String> names(List<Place> places) {
        var names = new ArrayList<String>();
        for (var place : places) {
            if (place.node().isString()
                    && NAME.matcher(place.node().stringValue()).matches()) {
                names.add(place.node().stringValue());
            } else {
                problems.accept(
                        place.problem("It is no name of a permission: a letter, then at most 99 letters, digits,"
                                + " underscores, dots or hyphens."));
            }
        }
        return names;
    }

    private Declaration flawed(Place place, String detail) {
        problems.accept(place.problem(detail));
        return new Declaration.Nothing();
    }
}
