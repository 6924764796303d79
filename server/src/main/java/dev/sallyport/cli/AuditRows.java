package dev.sallyport.cli;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Audit events for people. */
final class AuditRows {

    private AuditRows() {}

    static Table table(List<JsonNode> events) {
        var table = new Table("TIME", "WHO", "FROM", "EVENT", "WHAT", "OUTCOME");
        events.forEach(event -> table.row(cells(event)));
        return table;
    }

    /** One event that stands alone, as it comes. */
    static String line(JsonNode event) {
        return String.join("  ", new Table().row(cells(event)).lines());
    }

    private static String[] cells(JsonNode event) {
        var attributes = event.path("attributes");
        var inner = attributes.path("attributes");
        return new String[] {
            Json.text(attributes, "timestamp"),
            Json.text(inner, "usr", "email"),
            Json.text(inner, "network", "client", "ip"),
            (Json.text(inner, "evt", "name") + " " + Json.text(inner, "action")).strip(),
            what(attributes),
            outcome(inner)
        };
    }

    private static String what(JsonNode attributes) {
        var asset = attributes.path("attributes").path("asset");
        var name = Json.text(asset, "name");
        var named = (Json.text(asset, "type") + " " + (name.isEmpty() ? Json.text(asset, "id") : name)).strip();
        return named.isEmpty() ? Json.text(attributes, "message") : named;
    }

    private static String outcome(JsonNode inner) {
        var status = Json.text(inner, "status");
        return status.isEmpty() ? Json.text(inner, "http", "status_code") : status;
    }
}
