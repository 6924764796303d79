package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        header = "Create an API key of the organization.",
        description = "Prints the key, which is never shown again. No two live keys have the same name.",
        footer = {"", "Example:", "  KEY=$(sallyport api-key create --name agents)"})
final class ApiKeyCreateCommand extends ServerCommand {

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "What you will know it by.")
    String name = "";

    ApiKeyCreateCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var body = Map.of("data", Map.of("type", "api_keys", "attributes", Map.of("name", name)));
        var created = api().post("/api/v2/api_keys", body).path("data");
        if (isJson()) {
            output.json(created);
        } else {
            output.line(Json.text(created, "attributes", "key"));
            output.remark("API key " + Json.text(created, "id") + " has no end. It is shown this once: keep it now.");
        }
        return ExitCode.DONE.code();
    }
}
