package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "list",
        header = "List the protected APIs.",
        description = "Those that your organization imported, and those that admit every organization.",
        footer = {"", "Example:", "  sallyport api list"})
final class ApiListCommand extends ServerCommand {

    ApiListCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var apis = doors().get("/sallyport/v1/apis").path("apis");
        if (isJson()) {
            output.json(apis);
            return ExitCode.DONE.code();
        }
        var table = new Table("ID", "TITLE", "HOST", "OPERATIONS", "ORIGIN");
        for (var api : Json.items(apis)) {
            table.row(
                    ApiFacts.id(api),
                    ApiFacts.title(api),
                    ApiFacts.host(api),
                    ApiFacts.operationCount(api),
                    ApiFacts.origin(api));
        }
        output.table(table);
        return ExitCode.DONE.code();
    }
}
