package dev.sallyport.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "shrink",
        header = "Narrow a credential to the scopes that its calls need.",
        description =
                "Shows the scopes before and after, and how many of the recorded calls the smaller set would have refused."
                        + " Changes nothing without --yes. An application key is changed with DD_API_KEY and DD_APP_KEY, not with a"
                        + " token.",
        footer = {
            "",
            "Examples:",
            "  sallyport credential shrink da1bd5f8-847b-4aec-a33d-11b04ebde244 --dry-run",
            "  sallyport credential shrink da1bd5f8-847b-4aec-a33d-11b04ebde244 --yes"
        })
final class CredentialShrinkCommand extends ServerCommand {

    private static final int SHOWN_NAMES = 20;
    private static final String APPLICATION_KEY = "application_key";

    @Parameters(paramLabel = "ID", description = "The credential's id, as 'sallyport credential list' shows it.")
    String id = "";

    @Mixin
    DaysOption days = new DaysOption();

    @Option(
            names = "--keep",
            paramLabel = "SCOPE",
            split = ",",
            description = "Scopes that stay, whether or not a call needed them; may be given again.")
    List<String> keep = List.of();

    @Option(names = "--dry-run", description = "Change nothing, as without --yes.")
    boolean isDryRun;

    @Option(
            names = "--accept-refusals",
            description = "Narrow it although calls like recorded ones would then be refused.")
    boolean acceptsRefusals;

    @Option(names = "--yes", description = "Narrow it.")
    boolean isConfirmed;

    CredentialShrinkCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (id.isBlank()) {
            throw new Failure(ExitCode.USAGE, "The id is empty. 'sallyport credential list' shows the ids.");
        }
        if (isDryRun && isConfirmed) {
            throw new Failure(ExitCode.USAGE, "--dry-run changes nothing, and --yes does. Choose one.");
        }
        var path = CredentialRows.PATH + "/" + Client.encoded(id) + "/shrink";
        var order = order();
        var planned = api().post(path, order);
        if (!isJson()) {
            show(planned);
        }
        if (!isConfirmed || isUnchanged(planned)) {
            leave(planned);
            return ExitCode.DONE.code();
        }
        order.put("dry_run", false);
        var client = Json.text(planned, "kind").equals(APPLICATION_KEY) ? apiWithKeys() : api();
        report(client.post(path, order));
        return ExitCode.DONE.code();
    }

    private Map<String, Object> order() {
        var order = new LinkedHashMap<String, Object>();
        order.put("days", days.value());
        order.put("keep", keep);
        order.put("accept_refusals", acceptsRefusals);
        order.put("dry_run", true);
        return order;
    }

    private static boolean isUnchanged(JsonNode plan) {
        return plan.path("scopes_before").isArray()
                && Json.texts(plan.path("scopes_before")).equals(Json.texts(plan.path("scopes_after")));
    }

    private void show(JsonNode plan) {
        output.facts(new Table()
                .row("credential", Json.text(plan, "kind") + " " + Json.text(plan, "name"))
                .row("days", CredentialUsageCommand.window(plan.path("window")))
                .row("calls", Json.text(plan, "calls"))
                .row("before", plan.path("scopes_before").isArray() ? names(plan.path("scopes_before")) : "everything")
                .row("after", names(plan.path("scopes_after")))
                .row("would refuse", Json.text(plan, "would_refuse") + " of the recorded calls"));
        var refused = Json.items(plan.path("refused_operations"));
        if (!refused.isEmpty()) {
            output.line("");
            output.table(CredentialUsageCommand.operations(refused));
        }
        if (Json.text(plan, "window", "is_whole").equals("false")) {
            output.remark("Calls are counted since " + Json.text(plan, "window", "counted_from") + " only.");
        }
    }

    private static String names(JsonNode array) {
        return Output.some(Json.texts(array), SHOWN_NAMES);
    }

    private void leave(JsonNode planned) {
        if (isJson()) {
            output.json(planned);
        }
        output.remark(
                isUnchanged(planned)
                        ? "There is nothing to take away."
                        : "Nothing is changed yet. Add --yes to narrow it.");
    }

    private void report(JsonNode done) {
        if (isJson()) {
            output.json(done);
        } else {
            output.line("Narrowed to " + names(done.path("scopes_after")) + ".");
        }
    }
}
