package dev.sallyport.cli;

import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(
        name = "whoami",
        header = "Say who the token acts as.",
        description = "Asks the server for the user behind the token, the organization, and the roles.",
        footer = {"", "Examples:", "  sallyport whoami", "  sallyport whoami --json --token-file ~/.sallyport/token"})
final class WhoamiCommand extends ServerCommand {

    WhoamiCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var answer = api().get("/api/v2/current_user");
        if (isJson()) {
            output.json(answer.path("data"));
            return ExitCode.DONE.code();
        }
        var user = answer.path("data");
        output.facts(new Table()
                .row("user", Json.text(user, "attributes", "name"))
                .row("email", Json.text(user, "attributes", "email"))
                .row("id", Json.text(user, "id"))
                .row("organization", String.join(", ", included(answer, "orgs")))
                .row("roles", String.join(", ", included(answer, "roles")))
                .row("server", connection().url().url()));
        return ExitCode.DONE.code();
    }

    private static List<String> included(JsonNode answer, String type) {
        return Json.items(answer.path("included")).stream()
                .filter(item -> Json.text(item, "type").equals(type))
                .map(item -> Json.text(item, "attributes", "name"))
                .toList();
    }
}
