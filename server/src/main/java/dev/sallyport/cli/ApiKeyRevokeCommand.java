package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        header = "Revoke an API key.",
        description =
                "The key stops working at once, and for ever; so do application keys beside it, until another API key is"
                        + " shown with them.",
        footer = {"", "Example:", "  sallyport api-key revoke da1bd5f8-847b-4aec-a33d-11b04ebde244"})
final class ApiKeyRevokeCommand extends ServerCommand {

    @Parameters(paramLabel = "ID", description = "The key's id, as 'sallyport api-key list' shows it.")
    String id = "";

    ApiKeyRevokeCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (id.isBlank()) {
            throw new Failure(ExitCode.USAGE, "The id is empty. 'sallyport api-key list' shows the ids of keys.");
        }
        api().delete("/api/v2/api_keys/" + Client.encoded(id));
        if (isJson()) {
            output.json(Map.of("id", id, "revoked", true));
        } else {
            output.line("Revoked " + id + ".");
        }
        return ExitCode.DONE.code();
    }
}
