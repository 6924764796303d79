package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        header = "Revoke an application key.",
        description = "The key stops working at once, and for ever.",
        footer = {"", "Example:", "  sallyport app-key revoke --all da1bd5f8-847b-4aec-a33d-11b04ebde244"})
final class AppKeyRevokeCommand extends ServerCommand {

    @Parameters(paramLabel = "ID", description = "The key's id, as 'sallyport app-key list' shows it.")
    String id = "";

    @Mixin
    AppKeyAllOwners owners = new AppKeyAllOwners();

    AppKeyRevokeCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (id.isBlank()) {
            throw new Failure(ExitCode.USAGE, "The id is empty. 'sallyport app-key list' shows the ids of keys.");
        }
        api().delete(owners.path() + "/" + Client.encoded(id));
        if (isJson()) {
            output.json(Map.of("id", id, "revoked", true));
        } else {
            output.line("Revoked " + id + ".");
        }
        return ExitCode.DONE.code();
    }
}
