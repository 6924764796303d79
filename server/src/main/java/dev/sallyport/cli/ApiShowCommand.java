package dev.sallyport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        header = "Show a protected API and its operations.",
        description = "Lists every operation with the permission it asks for.",
        footer = {"", "Example:", "  sallyport api show orders"})
final class ApiShowCommand extends ServerCommand {

    private static final int SHOWN_PERMISSIONS = 5;

    @Parameters(paramLabel = "ID", description = "The API's id, as 'sallyport api list' shows it.")
    String id = "";

    ApiShowCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (id.isBlank()) {
            throw new Failure(ExitCode.USAGE, "The id is empty. 'sallyport api list' shows the ids.");
        }
        var api = doors().get("/sallyport/v1/apis/" + Client.encoded(id));
        if (isJson()) {
            output.json(api);
            return ExitCode.DONE.code();
        }
        output.facts(new Table()
                .row("id", ApiFacts.id(api))
                .row("title", ApiFacts.title(api))
                .row("host", ApiFacts.host(api))
                .row("origin", ApiFacts.origin(api))
                .row("operations", ApiFacts.operationCount(api))
                .row("permissions", Output.some(Json.texts(api.path("permissions")), SHOWN_PERMISSIONS)));
        output.line("");
        output.table(ApiFacts.operations(api.path("operations")));
        return ExitCode.DONE.code();
    }
}
