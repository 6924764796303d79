package dev.sallyport.cli;

import java.util.LinkedHashMap;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "show",
        header = "Show a role, the permissions that it holds and who has it.",
        description = "Prints the names of the permissions below the role, one a line.",
        footer = {
            "",
            "Examples:",
            "  sallyport role show \"Datadog Standard Role\"",
            "  sallyport role show Readers --members"
        })
final class RoleShowCommand extends ServerCommand {

    @Mixin
    RoleArgument role = new RoleArgument();

    @Option(names = "--members", description = "Those who have the role, instead of its permissions.")
    boolean isAboutMembers;

    RoleShowCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var client = api();
        var id = role.id(client);
        var shown = client.get(Roles.path(id)).path("data");
        if (isAboutMembers) {
            showMembers(shown, new Roles(client).members(id));
        } else {
            showPermissions(shown, Roles.permissionNames(client.get(Roles.path(id) + "/permissions")));
        }
        return ExitCode.DONE.code();
    }

    private void showPermissions(JsonNode shown, List<String> names) {
        if (isJson()) {
            json(shown, "permissions", names);
            return;
        }
        output.facts(Roles.facts(shown).row("permissions", String.valueOf(names.size())));
        names.forEach(name -> output.line("  " + name));
    }

    private void showMembers(JsonNode shown, List<JsonNode> members) {
        if (isJson()) {
            json(shown, "members", members);
            return;
        }
        output.facts(Roles.facts(shown));
        var table = new Table("ID", "EMAIL", "NAME", "STATUS", "KIND");
        for (var member : members) {
            table.row(
                    Json.text(member, "id"),
                    Json.text(member, "attributes", "email"),
                    Json.text(member, "attributes", "name"),
                    Json.text(member, "attributes", "status"),
                    Users.kind(member));
        }
        output.line("");
        output.table(table);
    }

    private void json(JsonNode shown, String name, List<?> list) {
        var both = new LinkedHashMap<String, Object>();
        both.put("role", shown);
        both.put(name, list);
        output.json(both);
    }
}
