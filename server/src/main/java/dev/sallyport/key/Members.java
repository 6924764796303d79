package dev.sallyport.key;

import dev.sallyport.http.BadInput;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Members of a request's body. */
final class Members {

    private Members() {}

    static <T> T required(@Nullable T value, String path) {
        if (value == null) {
            throw new BadInput("missing_member", "The member '" + path + "' is missing.");
        }
        return value;
    }

    static void requireType(@Nullable String type, String wanted) {
        if (!wanted.equals(required(type, "data.type"))) {
            throw new BadInput("wrong_type", "The member 'data.type' must be '" + wanted + "'.");
        }
    }

    static void requireId(@Nullable String id, String path) {
        if (!path.equalsIgnoreCase(required(id, "data.id"))) {
            throw new BadInput("wrong_id", "The member 'data.id' must be the id in the path.");
        }
    }

    /** Names of scopes; empty for a key that is not narrowed, which is written as null or not at all, never as an empty list. */
    static Optional<List<String>> scopes(@Nullable JsonNode scopes) {
        if (scopes == null || scopes.isNull()) {
            return Optional.empty();
        }
        if (!scopes.isArray() || scopes.isEmpty() || !holdsTextsOnly(scopes)) {
            throw new BadInput(
                    "invalid_scopes",
                    "The member 'data.attributes.scopes' must be null for a key without scopes, or a list of one name or more.");
        }
        return Optional.of(texts(scopes).toList());
    }

    private static boolean holdsTextsOnly(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isString);
    }

    private static java.util.stream.Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::stringValue);
    }
}
