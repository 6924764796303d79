package dev.sallyport.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Roles as the server lists them, by id or by name. */
final class Roles {

    static final String PATH = "/api/v2/roles";

    private static final int PAGE = 1_000;
    /** A guard against a server that never says that it is done. */
    private static final int MOST_PAGES = 1_000;

    private final Client client;

    Roles(Client client) {
        this.client = client;
    }

    /** @param filter a part of the name; empty for all */
    List<JsonNode> list(String filter) {
        return pages(PATH, filter.isEmpty() ? "" : "&filter=" + Client.encoded(filter));
    }

    /** Those who have a role. */
    List<JsonNode> members(String id) {
        return pages(path(id) + "/users", "");
    }

    private List<JsonNode> pages(String path, String query) {
        var found = new ArrayList<JsonNode>();
        for (var number = 0; number < MOST_PAGES; number++) {
            var page = client.get(path + "?page%5Bsize%5D=" + PAGE + "&page%5Bnumber%5D=" + number + query);
            var items = Json.items(page.path("data"));
            found.addAll(items);
            if (items.size() < PAGE) {
                break;
            }
        }
        return found;
    }

    /** The id of the role that the argument names. */
    String id(String idOrName) {
        var wanted = idOrName.strip();
        if (wanted.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "Give the id or the name of a role. 'sallyport role list' shows both.");
        }
        if (WireId.isOne(wanted)) {
            return wanted;
        }
        return list(wanted).stream()
                .filter(role -> Json.text(role, "attributes", "name").equalsIgnoreCase(wanted))
                .map(role -> Json.text(role, "id"))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        ExitCode.NOT_FOUND,
                        "No role is called '" + Text.clean(wanted)
                                + "'. 'sallyport role list' shows those that there are."));
    }

    static String path(String id) {
        return PATH + "/" + Client.encoded(id);
    }

    /** The body of a call about one other thing. */
    static Map<String, Object> one(String type, String id) {
        return Map.of("data", Map.of("type", type, "id", id));
    }

    static Table facts(JsonNode role) {
        return new Table()
                .row("id", Json.text(role, "id"))
                .row("name", Json.text(role, "attributes", "name"))
                .row("kind", kind(role))
                .row("members", Json.text(role, "attributes", "user_count"))
                .row("created", Json.text(role, "attributes", "created_at"))
                .row("modified", Json.text(role, "attributes", "modified_at"));
    }

    static String kind(JsonNode role) {
        return Json.text(role, "attributes", "managed").equals("true") ? "managed" : "custom";
    }

    /** Names of permissions, in order. */
    static List<String> permissionNames(JsonNode answer) {
        return Json.items(answer.path("data")).stream()
                .map(permission -> Json.text(permission, "attributes", "name"))
                .sorted()
                .toList();
    }
}
