package dev.sallyport.catalogue;

import java.util.List;
import java.util.TreeSet;

/**
 * What an OpenAPI 3.0 or 3.1 document says about who may do what.
 *
 * <p>What an operation asks is its {@code x-permission} (Datadog's {@code {operator, permissions}}, one name, or a list of
 * names that are all needed); without one, the scopes of its {@code security} or of the document's (OpenAPI 3.1.1 §4.8.30).
 */
record OpenApiDocument(String title, List<DeclaredOperation> operations) {

    OpenApiDocument {
        operations = List.copyOf(operations);
    }

    sealed interface Result {
        record Read(OpenApiDocument document) implements Result {}

        /** @param problems all that were found, up to a bound; at least one */
        record Refused(List<DocumentProblem> problems) implements Result {}
    }

    /** @param bytes JSON or YAML in UTF-8 */
    static Result read(byte[] bytes) {
        return switch (DocumentText.read(bytes)) {
            case DocumentText.Result.Tree(var root) -> new OpenApiReader(root).read();
            case DocumentText.Result.Unreadable(var reason) ->
                new Result.Refused(List.of(new DocumentProblem("", reason)));
        };
    }

    /** Sorted. */
    static List<String> permissionNames(List<DeclaredOperation> operations) {
        var names = new TreeSet<String>();
        operations.forEach(operation -> operation.declaration().names().forEach(names::add));
        return List.copyOf(names);
    }
}
