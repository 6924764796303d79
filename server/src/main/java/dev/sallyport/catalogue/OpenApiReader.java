package dev.sallyport.catalogue;

import dev.sallyport.identity.DisplayName;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Walks one document, and notes everything that is wrong with it rather than the first. */
final class OpenApiReader {

    static final int MOST_OPERATIONS = 5_000;
    static final int MOST_PERMISSIONS = 500;

    /** Over all operations: what a document declares once for all counts for each of them. */
    static final int MOST_REQUIREMENTS = 20_000;

    private static final int MOST_PROBLEMS = 200;
    private static final int LONGEST_TEMPLATE = 1_000;
    private static final int MOST_REFERENCES = 8;

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final Set<String> NOT_METHODS = Set.of("$ref", "summary", "description", "servers", "parameters");

    private final Place document;
    private final OpenApiSecurity security;
    private final List<DocumentProblem> problems = new ArrayList<>();
    private final List<DeclaredOperation> operations = new ArrayList<>();
    private final Map<String, String> templatesByShape = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private long requirements;

    OpenApiReader(JsonNode root) {
        this.document = Place.root(root);
        this.security = new OpenApiSecurity(document, this::note);
    }

    OpenApiDocument.Result read() {
        var version = document.node().path("openapi").asString("");
        if (!version.startsWith("3.0.") && !version.startsWith("3.1.")) {
            note(
                    document.has("swagger")
                            ? document.member("swagger")
                                    .problem("Swagger 2 is not read; convert the document to OpenAPI 3.")
                            : document.member("openapi")
                                    .problem("It must be a version 3.0 or 3.1, as a text such as \"3.1.0\"."));
            return new OpenApiDocument.Result.Refused(List.copyOf(problems));
        }
        var title = title();
        security.check();
        readPaths(new OpenApiServers(document, this::note).basePath());
        checkBounds();
        return problems.isEmpty()
                ? new OpenApiDocument.Result.Read(new OpenApiDocument(title, operations))
                : new OpenApiDocument.Result.Refused(List.copyOf(problems));
    }

    private String title() {
        var place = document.member("info").member("title");
        var title = place.node().asString("");
        DisplayName.problemWith(title).ifPresent(problem -> note(place.problem(problem)));
        return title;
    }

    private void checkBounds() {
        var names = OpenApiDocument.permissionNames(operations).size();
        if (names > MOST_PERMISSIONS) {
            note(document.problem("It names " + names + " permissions; at most " + MOST_PERMISSIONS + " are taken."));
        }
        if (requirements > MOST_REQUIREMENTS) {
            note(document.problem("Its operations together ask for more than " + MOST_REQUIREMENTS + " permissions."));
        }
        if (operations.isEmpty() && problems.isEmpty()) {
            note(document.member("paths").problem("There is no operation."));
        }
    }

    private void readPaths(String base) {
        var paths = document.member("paths");
        for (var path : paths.names()) {
            if (path.startsWith("x-")) {
                continue;
            }
            if (operations.size() > MOST_OPERATIONS || problems.size() >= MOST_PROBLEMS) {
                return;
            }
            readPath(paths.member(path), base + path);
        }
    }

    private void readPath(Place place, String template) {
        if (template.length() > LONGEST_TEMPLATE) {
            note(place.problem("The path is longer than " + LONGEST_TEMPLATE + " characters."));
            return;
        }
        switch (PathTemplate.parse(template)) {
            case PathTemplate.Parsed.Malformed(var reason) -> note(place.problem(reason));
            case PathTemplate.Parsed.Canonical(var parsed) -> {
                var other = templatesByShape.putIfAbsent(parsed.shape(), template);
                if (other != null) {
                    note(place.problem(
                            "It differs from " + DocumentProblem.quoted(other) + " in the names of variables only."));
                }
            }
        }
        readItem(followed(place), template);
    }

    /** The path item itself, or the one in the same document that it refers to. */
    private Place followed(Place place) {
        var at = place;
        for (var i = 0; at.has("$ref"); i++) {
            var target = target(at.node().path("$ref").asString(""));
            if (i == MOST_REFERENCES || target == null || at.names().stream().anyMatch(METHODS::contains)) {
                note(place.problem("A reference must be the only thing in its place, and lead to a path of the same"
                        + " document within " + MOST_REFERENCES + " steps."));
                return new Place(document.node().path(""), at.pointer());
            }
            at = target;
        }
        return at;
    }

    private @Nullable Place target(String reference) {
        if (!reference.startsWith("#/")) {
            return null;
        }
        try {
            var pointer = JsonPointer.compile(
                    URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8));
            var node = document.node().at(pointer);
            return node.isObject() ? new Place(node, pointer) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private void readItem(Place item, String template) {
        if (item.node().isMissingNode()) {
            return;
        }
        if (!item.node().isObject()) {
            note(item.problem("It must be an object."));
            return;
        }
        refuseServers(item);
        for (var name : item.names()) {
            if (METHODS.contains(name)) {
                readOperation(item.member(name), name.toUpperCase(Locale.ROOT), template);
            } else if (!NOT_METHODS.contains(name) && !name.startsWith("x-")) {
                note(item.member(name).problem("It is no method; methods are written in lower case."));
            }
        }
    }

    private void readOperation(Place place, String method, String template) {
        if (operations.size() == MOST_OPERATIONS) {
            note(place.problem("The document has more than " + MOST_OPERATIONS + " operations."));
            return;
        }
        if (!place.node().isObject() || place.has("$ref")) {
            note(place.problem("It must be an object, and not a reference."));
            return;
        }
        refuseServers(place);
        var declaration = security.declarationOf(place);
        requirements += declaration.names().count();
        if (requirements <= MOST_REQUIREMENTS) {
            var meaning = OpenApiMeaning.of(place, this::note);
            operations.add(new DeclaredOperation(id(place, method, template), method, template, declaration, meaning));
        }
    }

    private String id(Place operation, String method, String template) {
        var place = operation.member("operationId");
        if (place.node().isMissingNode()) {
            return method + " " + template;
        }
        var id = place.node().asString("");
        DisplayName.problemWith(id).ifPresent(problem -> note(place.problem(problem)));
        if (!ids.add(id)) {
            note(place.problem("Another operation has the same id."));
        }
        return id;
    }

    private void refuseServers(Place place) {
        if (place.has("servers")) {
            note(place.member("servers").problem("Servers are read from the top of the document only."));
        }
    }

    private void note(DocumentProblem problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }
}
