package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(
        name = "revoke",
        header = "Take permissions away from a role.",
        description = "Whoever has the role loses them at once, unless another role holds them too.",
        footer = {"", "Example:", "  sallyport role revoke Readers dashboards_read"})
final class RoleRevokeCommand extends RolePermissionCommand {

    RoleRevokeCommand(Shell shell) {
        super(shell);
    }

    @Override
    JsonNode change(Client client, String path, Map<String, Object> permission) {
        return client.delete(path, permission);
    }

    @Override
    String said(String names, String role) {
        return "Revoked " + names + " from " + role + ".";
    }
}
