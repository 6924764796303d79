package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "delete",
        header = "Delete a role for good.",
        description = "Whoever had it has it no more, at once. Managed roles cannot be deleted.",
        footer = {"", "Example:", "  sallyport role delete Readers"})
final class RoleDeleteCommand extends ServerCommand {

    @Mixin
    RoleArgument role = new RoleArgument();

    RoleDeleteCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var client = api();
        var id = role.id(client);
        client.delete(Roles.path(id));
        if (isJson()) {
            output.json(Map.of("id", id, "deleted", true));
        } else {
            output.line("Deleted " + id + ".");
        }
        return ExitCode.DONE.code();
    }
}
