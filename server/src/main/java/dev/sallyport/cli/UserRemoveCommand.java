package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        header = "Remove a user or a service account from the organization for good.",
        description = "Whatever it owns ends at once. The e-mail address may then belong to a new user.",
        footer = {"", "Example:", "  sallyport user remove ada@acme.example"})
final class UserRemoveCommand extends ServerCommand {

    @Parameters(paramLabel = "USER", description = "Id or e-mail address.")
    String user = "";

    UserRemoveCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var client = api();
        var users = new Users(client);
        var id = users.id(user);
        client.delete("/sallyport/v1/users/" + Client.encoded(id));
        if (isJson()) {
            output.json(Map.of("id", id, "removed", true));
        } else {
            output.line("Removed " + id + ".");
        }
        return ExitCode.DONE.code();
    }
}
