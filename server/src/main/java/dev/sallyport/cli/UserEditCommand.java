package dev.sallyport.cli;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "edit",
        header = "Change a user's name, e-mail address or title.",
        description = "What is not given stays. A new address ends an open invitation.",
        footer = {"", "Example:", "  sallyport user edit ada@acme.example --title \"Head of Engines\""})
final class UserEditCommand extends ServerCommand {

    @Parameters(paramLabel = "USER", description = "Id or e-mail address.")
    String user = "";

    @Option(names = "--name", paramLabel = "NAME", description = "The new name.")
    @Nullable
    String name;

    @Option(names = "--email", paramLabel = "EMAIL", description = "The new e-mail address.")
    @Nullable
    String email;

    @Option(names = "--title", paramLabel = "TITLE", description = "The new title; empty for none.")
    @Nullable
    String title;

    UserEditCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var attributes = new TreeMap<String, String>();
        put(attributes, "name", name);
        put(attributes, "email", email);
        put(attributes, "title", title);
        if (attributes.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "Say what to change: --name, --email or --title.");
        }
        var users = new Users(api());
        var edited = users.edit(users.id(user), attributes);
        if (isJson()) {
            output.json(edited);
        } else {
            output.facts(Users.facts(edited));
        }
        return ExitCode.DONE.code();
    }

    private static void put(Map<String, String> attributes, String name, @Nullable String value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }
}
