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
        name = "invite",
        header = "Invite a user.",
        description = {
            "Adds the user unless the organization has one with that address, and prints a link, which is never shown again."
                    + " No mail is sent: hand the link on yourself. It lets the user in once, within 7 days, and replaces an"
                    + " earlier one."
        },
        footer = {
            "",
            "Examples:",
            "  sallyport user invite ada@acme.example --name \"Ada\" --role \"Datadog Standard Role\"",
            "  sallyport user invite ada@acme.example"
        })
final class UserInviteCommand extends ServerCommand {

    @Parameters(paramLabel = "EMAIL", description = "The user's e-mail address.")
    String email = "";

    @Option(names = "--name", paramLabel = "NAME", description = "The user's name; the address unless given.")
    String name = "";

    @Option(names = "--title", paramLabel = "TITLE", description = "What the user does.")
    String title = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "Name or id of a role that the user gets; may be given more than once. None unless given.")
    List<String> roles = new ArrayList<>();

    UserInviteCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (email.indexOf('@') < 1) {
            throw new Failure(ExitCode.USAGE, "Give the e-mail address of whom you invite.");
        }
        var client = api();
        var known = new Users(client).withEmail(email.strip());
        if (known.isPresent() && !(name.isEmpty() && title.isEmpty() && roles.isEmpty())) {
            throw new Failure(
                    ExitCode.USAGE,
                    "The organization has a user with that address. Invite it without --name, --title and --role.");
        }
        var id = Json.text(known.orElseGet(() -> created(client)), "id");
        var user = Map.of("user", Map.of("data", Map.of("type", "users", "id", id)));
        var invitation = client.post(
                        "/api/v2/user_invitations",
                        Map.of("data", List.of(Map.of("type", "user_invitations", "relationships", user))))
                .path("data")
                .path(0);
        if (isJson()) {
            output.json(invitation);
        } else {
            output.line(Json.text(invitation, "attributes", "link"));
            output.remark("User " + id + " can come in with this link until "
                    + Json.text(invitation, "attributes", "expires_at")
                    + ". It is shown this once: hand it on in private.");
        }
        return ExitCode.DONE.code();
    }

    private JsonNode created(Client client) {
        var attributes = new HashMap<String, String>();
        attributes.put("email", email.strip());
        if (!name.isEmpty()) {
            attributes.put("name", name);
        }
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
        return client.post(Users.PATH, Map.of("data", data)).path("data");
    }
}
