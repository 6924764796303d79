package dev.sallyport.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "create",
        header = "Create a service account.",
        description =
                "Prints its id. You answer for it until it is handed over. It gets only roles whose permissions your own"
                        + " credential reaches.",
        footer = {
            "",
            "Examples:",
            "  sallyport service-account create deploy-bot --email ops@acme.example --role Readers",
            "  ACCOUNT=$(sallyport service-account create deploy-bot --email ops@acme.example)"
        })
final class ServiceAccountCreateCommand extends ServerCommand {

    @Parameters(paramLabel = "NAME", description = "What it will be called.")
    String name = "";

    @Option(
            names = "--email",
            required = true,
            paramLabel = "EMAIL",
            description = "Where whoever looks after it is reached; others may have the same.")
    String email = "";

    @Option(names = "--title", paramLabel = "TITLE", description = "What it does.")
    String title = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "Name or id of a role that it gets; may be given more than once. None unless given.")
    List<String> roles = new ArrayList<>();

    ServiceAccountCreateCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (name.isBlank()) {
            throw new Failure(ExitCode.USAGE, "The name is empty. Give the service account one.");
        }
        var created = created(api());
        if (isJson()) {
            output.json(created);
        } else {
            output.line(Json.text(created, "id"));
            output.remark("Created the service account " + Json.text(created, "attributes", "name")
                    + ". 'sallyport sat create' makes a token for it.");
        }
        return ExitCode.DONE.code();
    }

    private JsonNode created(Client client) {
        var attributes =
                new HashMap<String, Object>(Map.of("name", name, "email", email.strip(), "service_account", true));
        if (!title.isEmpty()) {
            attributes.put("title", title);
        }
        var named = new Roles(client);
        var references = roles.stream()
                .map(role -> Map.of("type", "roles", "id", named.id(role)))
                .toList();
        var data = Map.of(
                "type",
                "users",
                "attributes",
                attributes,
                "relationships",
                Map.of("roles", Map.of("data", references)));
        return client.post("/api/v2/service_accounts", Map.of("data", data)).path("data");
    }
}
