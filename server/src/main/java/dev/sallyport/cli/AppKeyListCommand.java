package dev.sallyport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        header = "List application keys.",
        description = "Your own, unless an option says otherwise. Revoked keys are not listed.",
        footer = {"", "Examples:", "  sallyport app-key list", "  sallyport app-key list --all --sort -created_at"})
final class AppKeyListCommand extends ServerCommand {

    private static final int SHOWN_SCOPES = 3;

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only names that contain this.")
    String filter = "";

    @Option(
            names = "--sort",
            paramLabel = "FIELD",
            description = "name, created_at or last4; with - in front for the reverse.")
    String sort = "name";

    @Mixin
    AppKeyAllOwners owners = new AppKeyAllOwners();

    AppKeyListCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var keys = KeyPages.all(api(), owners.path(), sort, filter);
        if (isJson()) {
            output.json(keys);
            return ExitCode.DONE.code();
        }
        var table = new Table("ID", "NAME", "LAST 4", "SCOPES", "OWNER", "LAST USED");
        for (var key : keys) {
            var scopes = Json.texts(Json.at(key, "attributes", "scopes"));
            table.row(
                    Json.text(key, "id"),
                    Json.text(key, "attributes", "name"),
                    Json.text(key, "attributes", "last4"),
                    scopes.isEmpty() ? "everything" : Output.some(scopes, SHOWN_SCOPES),
                    Json.text(key, "relationships", "owned_by", "data", "id"),
                    Json.text(key, "attributes", "last_used_at"));
        }
        output.table(table);
        return ExitCode.DONE.code();
    }
}
