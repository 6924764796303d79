package dev.sallyport.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A command that lists tokens, every page of them. */
abstract class TokenListCommand extends ServerCommand {

    /** A guard against a server that never says that it is done. */
    private static final int MOST_PAGES = 10_000;

    private static final int SHOWN_SCOPES = 3;

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only names that contain this.")
    String filter = "";

    @Option(
            names = "--sort",
            paramLabel = "FIELD",
            description = "name, created_at, expires_at or last_used_at; with - in front for the reverse.")
    String sort = "name";

    @Option(names = "--page-size", paramLabel = "N", description = "How many to ask for at once; 100 unless given.")
    int pageSize = 100;

    TokenListCommand(Shell shell) {
        super(shell);
    }

    /** Where the tokens are listed. */
    abstract String path(Client client);

    @Override
    public Integer call() {
        var tokens = tokens();
        if (isJson()) {
            output.json(tokens);
            return ExitCode.DONE.code();
        }
        var table = new Table("ID", "NAME", "SCOPES", "EXPIRES", "LAST USED");
        for (var token : tokens) {
            var expiry = Json.text(token, "attributes", "expires_at");
            table.row(
                    Json.text(token, "id"),
                    Json.text(token, "attributes", "name"),
                    Output.some(Json.texts(Json.at(token, "attributes", "scopes")), SHOWN_SCOPES),
                    expiry.isEmpty() ? "never" : expiry,
                    Json.text(token, "attributes", "last_used_at"));
        }
        output.table(table);
        return ExitCode.DONE.code();
    }

    private List<JsonNode> tokens() {
        var client = api();
        var path = path(client);
        var tokens = new ArrayList<JsonNode>();
        for (var number = 0; number < MOST_PAGES; number++) {
            var page = client.get(path + "?page%5Bsize%5D=" + pageSize + "&page%5Bnumber%5D="
                    + number + "&sort=" + Client.encoded(sort)
                    + (filter.isEmpty() ? "" : "&filter=" + Client.encoded(filter)));
            var items = Json.items(page.path("data"));
            tokens.addAll(items);
            var total = Json.at(page, "meta", "page", "total_filtered_count").asInt(0);
            if (items.isEmpty() || tokens.size() >= total) {
                break;
            }
        }
        return tokens;
    }
}
