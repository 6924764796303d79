package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "hand-over",
        header = "Say who answers for a service account from now on.",
        description = "Its tokens, keys and roles stay as they are.",
        footer = {"", "Example:", "  sallyport service-account hand-over deploy-bot ada@acme.example"})
final class ServiceAccountHandOverCommand extends ServerCommand {

    @Mixin
    ServiceAccountArgument account = new ServiceAccountArgument();

    @Parameters(index = "1", paramLabel = "USER", description = "Id or e-mail address of an active user.")
    String user = "";

    ServiceAccountHandOverCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var client = api();
        var owner = new Users(client).id(user);
        var id = account.id(client);
        client.patch("/sallyport/v1/service_accounts/" + Client.encoded(id), Map.of("owner", owner));
        if (isJson()) {
            output.json(Map.of("id", id, "owner", owner));
        } else {
            output.line("Handed " + id + " over to " + owner + ".");
        }
        return ExitCode.DONE.code();
    }
}
