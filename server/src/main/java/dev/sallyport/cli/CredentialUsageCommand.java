package dev.sallyport.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "usage",
        header = "Show what a credential is used for, against what it may do.",
        description =
                "The operations it called, the permissions that let it, those that it never needed, and the fewest scopes"
                        + " that would do. What an operation needs is what the API says now.",
        footer = {
            "",
            "Examples:",
            "  sallyport credential usage da1bd5f8-847b-4aec-a33d-11b04ebde244",
            "  sallyport credential usage da1bd5f8-847b-4aec-a33d-11b04ebde244 --json"
        })
final class CredentialUsageCommand extends ServerCommand {

    private static final int SHOWN_NAMES = 20;
    private static final int SHOWN_OPERATIONS = 100;

    @Parameters(paramLabel = "ID", description = "The credential's id, as 'sallyport credential list' shows it.")
    String id = "";

    @Mixin
    DaysOption days = new DaysOption();

    CredentialUsageCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (id.isBlank()) {
            throw new Failure(ExitCode.USAGE, "The id is empty. 'sallyport credential list' shows the ids.");
        }
        var usage = api().get(CredentialRows.PATH + "/" + Client.encoded(id) + "/usage?days=" + days.value());
        if (isJson()) {
            output.json(usage);
        } else {
            show(usage);
        }
        return ExitCode.DONE.code();
    }

    private void show(JsonNode usage) {
        output.facts(new Table()
                .row("id", Json.text(usage, "id"))
                .row("kind", Json.text(usage, "kind"))
                .row("name", Json.text(usage, "name"))
                .row("days", window(usage.path("window")))
                .row("calls", Json.text(usage, "allowed") + " allowed, " + Json.text(usage, "refused") + " refused")
                .row("used", names(usage.path("used")))
                .row("never used", names(usage.path("never_used")))
                .row("would do", usage.path("smallest_scopes").isArray() ? names(usage.path("smallest_scopes")) : ""));
        var operations = Json.items(usage.path("operations"));
        if (!operations.isEmpty()) {
            output.line("");
            output.table(operations(operations));
        }
        if (operations.size() > SHOWN_OPERATIONS) {
            output.remark((operations.size() - SHOWN_OPERATIONS) + " more operations; --json has all of them.");
        }
        if (Json.text(usage, "window", "is_whole").equals("false")) {
            output.remark("Calls are counted since " + Json.text(usage, "window", "counted_from") + " only.");
        }
    }

    static String window(JsonNode window) {
        return Json.text(window, "days") + ", from " + Json.text(window, "from");
    }

    private static String names(JsonNode array) {
        return Output.some(Json.texts(array), SHOWN_NAMES);
    }

    static Table operations(List<JsonNode> operations) {
        var table = new Table("API", "OPERATION", "ALLOWED", "REFUSED", "DAYS", "HOURS", "LAST USED");
        for (var operation : operations.subList(0, Math.min(SHOWN_OPERATIONS, operations.size()))) {
            table.row(
                    Json.text(operation, "api"),
                    Json.text(operation, "operation"),
                    Json.text(operation, "allowed"),
                    Json.text(operation, "refused"),
                    Json.text(operation, "days"),
                    String.valueOf(Json.items(operation.path("hours")).size()),
                    Json.text(operation, "last_used_at"));
        }
        return table;
    }
}
