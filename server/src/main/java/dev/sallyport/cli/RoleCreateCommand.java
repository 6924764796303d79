package dev.sallyport.cli;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "create",
        header = "Create a role.",
        description = "Prints its id. Nobody has it yet. You can put in only what your own credential reaches.",
        footer = {
            "",
            "Examples:",
            "  sallyport role create Readers --permissions monitors_read,dashboards_read",
            "  sallyport role create Operators --copy-of \"Datadog Standard Role\""
        })
final class RoleCreateCommand extends ServerCommand {

    @Parameters(paramLabel = "NAME", description = "What it will be called.")
    String name = "";

    @ArgGroup(exclusive = true)
    Content content = new Content();

    static final class Content {
        @Option(
                names = "--permissions",
                paramLabel = "NAMES",
                description = "What it holds, names joined by commas; nothing unless given.")
        String permissions = "";

        @Option(
                names = "--copy-of",
                paramLabel = "ROLE",
                description = "It holds what that role holds: an id or a name.")
        String copied = "";
    }

    RoleCreateCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (name.isBlank()) {
            throw new Failure(ExitCode.USAGE, "The name is empty. Give the role one.");
        }
        var client = api();
        var created = content.copied.isEmpty() ? created(client) : copied(client);
        if (isJson()) {
            output.json(created);
        } else {
            output.line(Json.text(created, "id"));
            output.remark("Created the role " + Json.text(created, "attributes", "name") + ". Nobody has it yet.");
        }
        return ExitCode.DONE.code();
    }

    private JsonNode created(Client client) {
        var data = new HashMap<String, Object>(Map.of("type", "roles", "attributes", Map.of("name", name)));
        var names = PermissionIds.names(content.permissions);
        if (!names.isEmpty()) {
            var references = PermissionIds.read(client).of(names).stream()
                    .map(id -> Map.of("type", "permissions", "id", id))
                    .toList();
            data.put("relationships", Map.of("permissions", Map.of("data", references)));
        }
        return client.post(Roles.PATH, Map.of("data", data)).path("data");
    }

    private JsonNode copied(Client client) {
        var data = Map.of("type", "roles", "attributes", Map.of("name", name));
        return client.post(Roles.path(new Roles(client).id(content.copied)) + "/clone", Map.of("data", data))
                .path("data");
    }
}
