package dev.sallyport.catalogue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operation in the table {@code api}.
 *
 * @param asks {@code open}, {@code signed_in}, {@code nothing} or {@code permissions}
 * @param anyOf with {@code permissions} only: the alternatives
 * @param meaning absent where the document gives none, and from before it was read
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StoredOperation(
        String id,
        String method,
        String template,
        String asks,
        @Nullable List<List<String>> anyOf,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Meaning meaning) {

    static String write(List<DeclaredOperation> operations) {
        return JsonMapper.shared()
                .writeValueAsString(operations.stream().map(StoredOperation::of).toList());
    }

    /** What a newer node wrote and this one does not understand is left out: an operation that is unknown is refused. */
    static List<DeclaredOperation> read(String json) {
        return Arrays.stream(JsonMapper.shared().readValue(json, StoredOperation[].class))
                .flatMap(stored -> stored.declaration().stream()
                        .map(declaration -> new DeclaredOperation(
                                stored.id, stored.method, stored.template, declaration, stored.meaning)))
                .toList();
    }

    private static StoredOperation of(DeclaredOperation operation) {
        return switch (operation.declaration()) {
            case Declaration.Open _ -> of(operation, "open", null);
            case Declaration.SignedIn _ -> of(operation, "signed_in", null);
            case Declaration.Nothing _ -> of(operation, "nothing", null);
            case Declaration.Holding(var alternatives) -> of(operation, "permissions", alternatives);
        };
    }

    private static StoredOperation of(
            DeclaredOperation operation, String asks, @Nullable List<List<String>> alternatives) {
        return new StoredOperation(
                operation.id(), operation.method(), operation.template(), asks, alternatives, operation.meaning());
    }

    private Optional<Declaration> declaration() {
        return switch (asks) {
            case "open" -> Optional.of(new Declaration.Open());
            case "signed_in" -> Optional.of(new Declaration.SignedIn());
            case "nothing" -> Optional.of(new Declaration.Nothing());
            case "permissions" -> Optional.ofNullable(anyOf).map(Declaration.Holding::new);
            default -> Optional.empty();
        };
    }
}
