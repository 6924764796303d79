package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "disable",
        header = "Disable a user or a service account.",
        description = "Whatever it owns ends at once, and does not come back when it is enabled again.",
        footer = {"", "Example:", "  sallyport user disable ada@acme.example"})
final class UserDisableCommand extends ServerCommand {

    @Parameters(paramLabel = "USER", description = "Id or e-mail address.")
    String user = "";

    UserDisableCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var client = api();
        var users = new Users(client);
        var id = users.id(user);
        client.delete(Users.PATH + "/" + Client.encoded(id));
        if (isJson()) {
            output.json(Map.of("id", id, "disabled", true));
        } else {
            output.line("Disabled " + id + ".");
        }
        return ExitCode.DONE.code();
    }
}
