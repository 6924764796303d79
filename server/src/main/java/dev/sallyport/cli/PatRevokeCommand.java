package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        header = "Revoke a personal access token.",
        description = "The token stops working at once, and for ever.",
        footer = {"", "Example:", "  sallyport pat revoke da1bd5f8-847b-4aec-a33d-11b04ebde244"})
final class PatRevokeCommand extends ServerCommand {

    @Parameters(paramLabel = "ID", description = "The token's id, as 'sallyport pat list' shows it.")
    String id = "";

    PatRevokeCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (id.isBlank()) {
            throw new Failure(ExitCode.USAGE, "The id is empty. 'sallyport pat list' shows the ids of your tokens.");
        }
        api().delete("/api/v2/personal_access_tokens/" + Client.encoded(id));
        if (isJson()) {
            output.json(Map.of("id", id, "revoked", true));
        } else {
            output.line("Revoked " + id + ".");
        }
        return ExitCode.DONE.code();
    }
}
