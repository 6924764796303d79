package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "enable",
        header = "Enable a user or a service account that was disabled.",
        description = "What it owned before stays ended. A user without any token can be invited again.",
        footer = {"", "Example:", "  sallyport user enable ada@acme.example"})
final class UserEnableCommand extends ServerCommand {

    @Parameters(paramLabel = "USER", description = "Id or e-mail address.")
    String user = "";

    UserEnableCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var client = api();
        var users = new Users(client);
        var id = users.id(user);
        users.edit(id, Map.of("disabled", false));
        if (isJson()) {
            output.json(Map.of("id", id, "enabled", true));
        } else {
            output.line("Enabled " + id + ".");
        }
        return ExitCode.DONE.code();
    }
}
