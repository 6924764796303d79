package dev.sallyport.cli;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(
        name = "show",
        header = "Show the limits.",
        description = "With --json it prints the document that the API takes back.",
        footer = {"", "Examples:", "  sallyport limits show", "  sallyport limits show --json"})
final class LimitsShowCommand extends ServerCommand {

    static final String PATH = "/sallyport/v1/call_limits";

    LimitsShowCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var answer = api().get(PATH);
        if (isJson()) {
            output.json(answer);
        } else {
            show(output, answer);
        }
        return ExitCode.DONE.code();
    }

    static void show(Output output, JsonNode answer) {
        var limits = answer.path("limits");
        var table = new Table("WHOSE CALLS", "PER SECOND", "PER DAY");
        row(table, "the organization's", limits.path("organization"));
        row(table, "each credential's", limits.path("credential"));
        limits.path("credentials").properties().forEach(own -> row(table, own.getKey(), own.getValue()));
        output.table(table);
    }

    private static void row(Table table, String whose, JsonNode pace) {
        table.row(whose, amount(pace.path("per_second")), amount(pace.path("per_day")));
    }

    private static String amount(JsonNode value) {
        return value.isNumber() ? value.asString() : "any";
    }
}
