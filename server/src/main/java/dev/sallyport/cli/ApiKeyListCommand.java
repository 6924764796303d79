package dev.sallyport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        header = "List the API keys of the organization.",
        description = "Fetches every page. Revoked keys are not listed.",
        footer = {
            "",
            "Examples:",
            "  sallyport api-key list",
            "  sallyport api-key list --filter agent --sort -created_at"
        })
final class ApiKeyListCommand extends ServerCommand {

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only names that contain this.")
    String filter = "";

    @Option(
            names = "--sort",
            paramLabel = "FIELD",
            description = "name, created_at, modified_at or last4; with - in front for the reverse.")
    String sort = "name";

    ApiKeyListCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var keys = KeyPages.all(api(), "/api/v2/api_keys", sort, filter);
        if (isJson()) {
            output.json(keys);
            return ExitCode.DONE.code();
        }
        var table = new Table("ID", "NAME", "LAST 4", "CATEGORY", "CREATED", "LAST USED");
        for (var key : keys) {
            table.row(
                    Json.text(key, "id"),
                    Json.text(key, "attributes", "name"),
                    Json.text(key, "attributes", "last4"),
                    Json.text(key, "attributes", "category"),
                    Json.text(key, "attributes", "created_at"),
                    Json.text(key, "attributes", "date_last_used"));
        }
        output.table(table);
        return ExitCode.DONE.code();
    }
}
