package dev.sallyport.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Users as the server lists them, by id or by e-mail address. */
final class Users {

    static final String PATH = "/api/v2/users";

    private static final int PAGE = 100;
    /** A guard against a server that never says that it is done. */
    private static final int MOST_PAGES = 10_000;

    private final Client client;

    Users(Client client) {
        this.client = client;
    }

    /** @param query what follows the paging, beginning with an ampersand, or nothing */
    List<JsonNode> list(String query) {
        var users = new ArrayList<JsonNode>();
        for (var number = 0; number < MOST_PAGES; number++) {
            var page = client.get(
                    PATH + "?page%5Bsize%5D=" + PAGE + "&page%5Bnumber%5D=" + number + "&sort_dir=asc" + query);
            var items = Json.items(page.path("data"));
            users.addAll(items);
            var total = Json.at(page, "meta", "page", "total_filtered_count").asInt(0);
            if (items.isEmpty() || users.size() >= total) {
                break;
            }
        }
        return users;
    }

    /** The user with that address; service accounts share the address of whoever looks after them. */
    Optional<JsonNode> withEmail(String email) {
        var wanted = email.toLowerCase(Locale.ROOT);
        return list("&filter%5Bservice_account%5D=false&filter=" + Client.encoded(email)).stream()
                .filter(user -> Json.text(user, "attributes", "email")
                        .toLowerCase(Locale.ROOT)
                        .equals(wanted))
                .findFirst();
    }

    /** The id of whom the argument names. */
    String id(String idOrEmail) {
        if (idOrEmail.isBlank()) {
            throw new Failure(ExitCode.USAGE, "Give an id or an e-mail address. 'sallyport user list' shows both.");
        }
        if (idOrEmail.indexOf('@') < 0) {
            return idOrEmail.strip();
        }
        return withEmail(idOrEmail.strip())
                .map(user -> Json.text(user, "id"))
                .orElseThrow(() -> new Failure(
                        ExitCode.NOT_FOUND,
                        "No user has that address. 'sallyport user list' shows those that there are."));
    }

    /** Changes attributes of a user; the user as it is then. */
    JsonNode edit(String id, Map<String, ?> attributes) {
        var data = Map.of("type", "users", "id", id, "attributes", attributes);
        return client.patch(PATH + "/" + Client.encoded(id), Map.of("data", data))
                .path("data");
    }

    static Table facts(JsonNode user) {
        return new Table()
                .row("id", Json.text(user, "id"))
                .row("email", Json.text(user, "attributes", "email"))
                .row("name", Json.text(user, "attributes", "name"))
                .row("title", Json.text(user, "attributes", "title"))
                .row("status", Json.text(user, "attributes", "status"))
                .row("kind", kind(user));
    }

    static String kind(JsonNode user) {
        return Json.text(user, "attributes", "service_account").equals("true") ? "service account" : "user";
    }
}
