package dev.sallyport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        header = "List the users and service accounts of your organization.",
        description = "Fetches every page. Those who were removed are not listed.",
        footer = {
            "",
            "Examples:",
            "  sallyport user list",
            "  sallyport user list --filter acme.example --status Pending"
        })
final class UserListCommand extends ServerCommand {

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only names and addresses that contain this.")
    String filter = "";

    @Option(names = "--status", paramLabel = "LIST", description = "Only these of Active, Pending and Disabled.")
    String status = "";

    UserListCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var users = new Users(api()).list(query("filter", filter) + query("filter[status]", status));
        if (isJson()) {
            output.json(users);
            return ExitCode.DONE.code();
        }
        var table = new Table("ID", "EMAIL", "NAME", "STATUS", "KIND");
        for (var user : users) {
            table.row(
                    Json.text(user, "id"),
                    Json.text(user, "attributes", "email"),
                    Json.text(user, "attributes", "name"),
                    Json.text(user, "attributes", "status"),
                    Users.kind(user));
        }
        output.table(table);
        return ExitCode.DONE.code();
    }

    private static String query(String name, String value) {
        return value.isEmpty() ? "" : "&" + Client.encoded(name) + "=" + Client.encoded(value);
    }
}
