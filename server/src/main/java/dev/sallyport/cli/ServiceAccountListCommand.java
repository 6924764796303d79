package dev.sallyport.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "list",
        header = "List the service accounts of your organization.",
        description = "Fetches every page. Those who were removed are not listed.",
        footer = {
            "",
            "Examples:",
            "  sallyport service-account list --filter deploy",
            "  sallyport service-account list --owner none"
        })
final class ServiceAccountListCommand extends ServerCommand {

    private static final String PATH = "/sallyport/v1/service_accounts";
    private static final String NOBODY = "none";
    private static final int PAGE = 1_000;
    /** A guard against a server that never says that it is done. */
    private static final int MOST_PAGES = 1_000;

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only names and addresses that contain this.")
    String filter = "";

    @Option(
            names = "--owner",
            paramLabel = "USER",
            description = "Only those of this user, by id or e-mail address; 'none' for those without an active owner.")
    String owner = "";

    ServiceAccountListCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var accounts = accounts(api());
        if (isJson()) {
            output.json(accounts);
            return ExitCode.DONE.code();
        }
        var table = new Table("ID", "NAME", "STATE", "OWNER", "ROLES");
        for (var account : accounts) {
            table.row(
                    Json.text(account, "id"),
                    Json.text(account, "name"),
                    Json.text(account, "state"),
                    owner(account),
                    Json.items(account.path("roles")).stream()
                            .map(role -> Json.text(role, "name"))
                            .collect(Collectors.joining(", ")));
        }
        output.table(table);
        return ExitCode.DONE.code();
    }

    private List<JsonNode> accounts(Client client) {
        var query = query("filter", filter) + query("owner", ownerId(client));
        var accounts = new ArrayList<JsonNode>();
        for (var number = 0; number < MOST_PAGES; number++) {
            var items = Json.items(client.get(PATH + "?page_size=" + PAGE + "&page=" + number + query)
                    .path("service_accounts"));
            accounts.addAll(items);
            if (items.size() < PAGE) {
                break;
            }
        }
        return accounts;
    }

    private String ownerId(Client client) {
        return owner.isEmpty() || owner.equals(NOBODY) ? owner : new Users(client).id(owner);
    }

    private static String query(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + Client.encoded(value);
    }

    /** An owner who was disabled answers for nothing. */
    private static String owner(JsonNode account) {
        var email = Json.text(account, "owner", "email");
        return Json.text(account, "orphaned").equals("true") && !email.isEmpty() ? email + " (not active)" : email;
    }
}
