package dev.sallyport.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "list",
        header = "List the live credentials of your organization.",
        description = "Fetches every page, oldest first. API keys are among them if the token may read API keys.",
        footer = {
            "",
            "Examples:",
            "  sallyport credential list --owner ada@acme.example",
            "  sallyport credential list --last-used-before 2026-08-01T00:00:00Z"
        })
final class CredentialListCommand extends ServerCommand {

    private static final int PAGE = 1_000;
    /** A guard against a server that never says that it is done. */
    private static final int MOST_PAGES = 10_000;

    @Mixin
    CredentialFilterOptions filter = new CredentialFilterOptions();

    CredentialListCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var client = api();
        var credentials = credentials(client, CredentialFilterOptions.query(filter.members(client)));
        if (isJson()) {
            output.json(credentials);
        } else {
            output.table(CredentialRows.table(credentials));
        }
        return ExitCode.DONE.code();
    }

    private static List<JsonNode> credentials(Client client, String query) {
        var credentials = new ArrayList<JsonNode>();
        var cursor = "";
        for (var number = 0; number < MOST_PAGES; number++) {
            var page = client.get(CredentialRows.PATH + "?limit=" + PAGE + query
                    + (cursor.isEmpty() ? "" : "&cursor=" + Client.encoded(cursor)));
            credentials.addAll(Json.items(page.path("credentials")));
            cursor = Json.text(page, "next_cursor");
            if (cursor.isEmpty()) {
                break;
            }
        }
        return credentials;
    }
}
