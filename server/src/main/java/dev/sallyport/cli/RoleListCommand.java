package dev.sallyport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        header = "List the roles of your organization.",
        description = "Fetches every page.",
        footer = {"", "Examples:", "  sallyport role list", "  sallyport role list --filter reader"})
final class RoleListCommand extends ServerCommand {

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only names that contain this.")
    String filter = "";

    RoleListCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var roles = new Roles(api()).list(filter);
        if (isJson()) {
            output.json(roles);
            return ExitCode.DONE.code();
        }
        var table = new Table("ID", "NAME", "KIND", "MEMBERS", "PERMISSIONS");
        for (var role : roles) {
            var permissions = Json.at(role, "relationships", "permissions", "data");
            table.row(
                    Json.text(role, "id"),
                    Json.text(role, "attributes", "name"),
                    Roles.kind(role),
                    Json.text(role, "attributes", "user_count"),
                    String.valueOf(permissions.size()));
        }
        output.table(table);
        return ExitCode.DONE.code();
    }
}
