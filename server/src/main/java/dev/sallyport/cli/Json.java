package dev.sallyport.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads answers with patience: what is missing or of another kind reads as empty. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonMapper READABLE =
            MAPPER.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();
    /** A terminal must not see control characters of the second range, nor those that turn the direction of reading. */
    private static final JsonMapper FOR_TERMINALS =
            READABLE.rebuild().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    static Optional<JsonNode> parse(byte[] bytes) {
        try {
            return Optional.of(MAPPER.readTree(bytes)).filter(node -> !node.isMissingNode());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static String readable(Object value, boolean isForTerminal) {
        return (isForTerminal ? FOR_TERMINALS : READABLE).writeValueAsString(value);
    }

    /** A text, number or boolean down that path, as text; empty if it is not there. */
    static String text(JsonNode node, String... path) {
        var value = at(node, path);
        if (value.isString()) {
            return value.stringValue();
        }
        return value.isNumber() || value.isBoolean() ? value.toString() : "";
    }

    static JsonNode at(JsonNode node, String... path) {
        var value = node;
        for (var name : path) {
            value = value.path(name);
        }
        return value;
    }

    static List<JsonNode> items(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false).toList() : List.of();
    }

    static List<String> texts(JsonNode node) {
        return items(node).stream().map(Json::text).toList();
    }
}
