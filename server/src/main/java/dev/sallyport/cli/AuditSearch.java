package dev.sallyport.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Fetches audit events, page after page. */
final class AuditSearch {

    private static final int LARGEST_PAGE = 1_000;

    private final Client client;

    AuditSearch(Client client) {
        this.client = client;
    }

    record Asked(String query, String from, String to, String sort, int limit) {}

    List<JsonNode> events(Asked asked) {
        var events = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = client.post("/api/v2/audit/events/search", body(asked, asked.limit() - events.size(), cursor));
            var items = Json.items(page.path("data"));
            events.addAll(items);
            cursor = items.isEmpty() ? "" : Json.text(page, "meta", "page", "after");
        } while (!cursor.isEmpty() && events.size() < asked.limit());
        return events;
    }

    private static Map<String, Object> body(Asked asked, int missing, String cursor) {
        var page = new LinkedHashMap<String, Object>();
        page.put("limit", Math.min(missing, LARGEST_PAGE));
        if (!cursor.isEmpty()) {
            page.put("cursor", cursor);
        }
        return Map.of(
                "filter", Map.of("query", asked.query(), "from", asked.from(), "to", asked.to()),
                "page", page,
                "sort", asked.sort());
    }
}
