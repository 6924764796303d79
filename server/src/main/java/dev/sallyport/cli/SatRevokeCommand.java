package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        header = "Revoke an access token of a service account.",
        description = "The token stops working at once, and for ever.",
        footer = {"", "Example:", "  sallyport sat revoke deploy-bot 0abefcae-90ed-4670-94ab-7cea6ca9fb6f"})
final class SatRevokeCommand extends ServerCommand {

    @Mixin
    ServiceAccountArgument account = new ServiceAccountArgument();

    @Parameters(index = "1", paramLabel = "ID", description = "The token's id, as 'sallyport sat list' shows it.")
    String id = "";

    SatRevokeCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (id.isBlank()) {
            throw new Failure(ExitCode.USAGE, "The id is empty. 'sallyport sat list' shows the ids of the tokens.");
        }
        var client = api();
        client.delete(account.tokens(client) + "/" + Client.encoded(id));
        if (isJson()) {
            output.json(Map.of("id", id, "revoked", true));
        } else {
            output.line("Revoked " + id + ".");
        }
        return ExitCode.DONE.code();
    }
}
