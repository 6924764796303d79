package dev.sallyport.cli;

import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "show",
        header = "Show a user or a service account.",
        description = "With the roles it has.",
        footer = {"", "Example:", "  sallyport user show ada@acme.example"})
final class UserShowCommand extends ServerCommand {

    @Parameters(paramLabel = "USER", description = "Id or e-mail address.")
    String user = "";

    UserShowCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var client = api();
        var shown = client.get(Users.PATH + "/" + Client.encoded(new Users(client).id(user)));
        if (isJson()) {
            output.json(shown);
        } else {
            output.facts(Users.facts(shown.path("data")).row("roles", roles(shown)));
        }
        return ExitCode.DONE.code();
    }

    private static String roles(JsonNode shown) {
        return Json.items(shown.path("included")).stream()
                .filter(included -> Json.text(included, "type").equals("roles"))
                .map(role -> Json.text(role, "attributes", "name"))
                .collect(Collectors.joining(", "));
    }
}
