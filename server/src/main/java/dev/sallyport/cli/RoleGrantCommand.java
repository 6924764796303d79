package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(
        name = "grant",
        header = "Add permissions to a role.",
        description =
                "Whoever has the role holds them at once. Your own credential must reach them, and whatever the role"
                        + " holds already.",
        footer = {"", "Example:", "  sallyport role grant Readers monitors_read dashboards_read"})
final class RoleGrantCommand extends RolePermissionCommand {

    RoleGrantCommand(Shell shell) {
        super(shell);
    }

    @Override
    JsonNode change(Client client, String path, Map<String, Object> permission) {
        return client.post(path, permission);
    }

    @Override
    String said(String names, String role) {
        return "Granted " + names + " to " + role + ".";
    }
}
