package dev.sallyport.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Fetches every page of a list of keys. */
final class KeyPages {

    /** A guard against a server that never says that it is done. */
    private static final int MOST_PAGES = 10_000;

    private static final int PAGE_SIZE = 100;

    private KeyPages() {}

    static List<JsonNode> all(Client client, String path, String sort, String filter) {
        var keys = new ArrayList<JsonNode>();
        for (var number = 0; number < MOST_PAGES; number++) {
            var page = client.get(path + "?page%5Bsize%5D=" + PAGE_SIZE + "&page%5Bnumber%5D=" + number + "&sort="
                    + Client.encoded(sort) + (filter.isEmpty() ? "" : "&filter=" + Client.encoded(filter)));
            var items = Json.items(page.path("data"));
            keys.addAll(items);
            if (items.isEmpty()
                    || keys.size()
                            >= Json.at(page, "meta", "page", "total_filtered_count")
                                    .asInt(0)) {
                break;
            }
        }
        return keys;
    }
}
