package dev.sallyport.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Changes what a role holds, one permission after another. */
abstract class RolePermissionCommand extends ServerCommand {

    @Mixin
    RoleArgument role = new RoleArgument();

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PERMISSION",
            description = "Names of permissions. Each is a change of its own, in this order.")
    List<String> permissions = new ArrayList<>();

    RolePermissionCommand(Shell shell) {
        super(shell);
    }

    /** What the role holds after one change. */
    abstract JsonNode change(Client client, String path, Map<String, Object> permission);

    /** What is said of a change that was made. */
    abstract String said(String names, String role);

    @Override
    public final Integer call() {
        var client = api();
        var ids = PermissionIds.read(client).of(permissions);
        var id = role.id(client);
        List<String> held = List.of();
        for (var permission : ids) {
            held = Roles.permissionNames(
                    change(client, Roles.path(id) + "/permissions", Roles.one("permissions", permission)));
        }
        if (isJson()) {
            output.json(Map.of("id", id, "permissions", held));
        } else {
            output.line(said(String.join(", ", permissions), id));
        }
        return ExitCode.DONE.code();
    }
}
