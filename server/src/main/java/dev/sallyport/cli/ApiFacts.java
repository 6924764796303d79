package dev.sallyport.cli;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads protected APIs and their operations in an answer. */
final class ApiFacts {

    private ApiFacts() {}

    static String id(JsonNode api) {
        return Json.text(api, "id");
    }

    static String title(JsonNode api) {
        return Json.text(api, "title");
    }

    static String host(JsonNode api) {
        return Json.text(api, "host");
    }

    static String operationCount(JsonNode api) {
        return Json.text(api, "operation_count");
    }

    static String origin(JsonNode api) {
        return Json.text(api, "shipped").equals("true") ? "shipped" : "imported";
    }

    static Table operations(JsonNode operations) {
        var table = new Table("METHOD", "PATH", "OPERATION", "REQUIRED");
        for (var operation : Json.items(operations)) {
            table.row(
                    Json.text(operation, "method"),
                    Json.text(operation, "path"),
                    Json.text(operation, "id"),
                    required(operation));
        }
        return table;
    }

    private static String required(JsonNode operation) {
        return switch (Json.text(operation, "asks")) {
            case "open" -> "nothing: open to anybody";
            case "signed_in" -> "any credential of a user";
            case "api_key" -> "an API key";
            case "nothing" -> "undeclared: denied to scoped credentials";
            default -> alternatives(operation.path("any_of"));
        };
    }

    /** {@code a and b, or c}; empty if nothing is asked for. */
    static String alternatives(JsonNode alternatives) {
        return Json.items(alternatives).stream()
                .map(all -> String.join(" and ", Json.texts(all)))
                .collect(Collectors.joining(", or "));
    }
}
