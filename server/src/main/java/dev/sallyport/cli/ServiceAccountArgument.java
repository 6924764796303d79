package dev.sallyport.cli;

import picocli.CommandLine.Parameters;

/** A service account as people write it: its id, its name or its e-mail address. */
final class ServiceAccountArgument {

    private static final int MOST_SIMILAR = 100;

    @Parameters(
            index = "0",
            paramLabel = "ACCOUNT",
            description = "The service account: its id, its name or its e-mail address. Names are looked up with"
                    + " user_access_read.")
    String account = "";

    /** The path of its tokens. */
    String tokens(Client client) {
        return "/api/v2/service_accounts/" + Client.encoded(id(client)) + "/access_tokens";
    }

    String id(Client client) {
        if (account.isBlank()) {
            throw new Failure(ExitCode.USAGE, "The service account is empty. Give its id, name or e-mail address.");
        }
        if (WireId.isOne(account)) {
            return account;
        }
        var page = client.get("/api/v2/users?page%5Bsize%5D=" + MOST_SIMILAR + "&filter=" + Client.encoded(account));
        var found = Json.items(page.path("data")).stream()
                .filter(user -> "true".equals(Json.text(user, "attributes", "service_account")))
                .filter(user -> account.equalsIgnoreCase(Json.text(user, "attributes", "name"))
                        || account.equalsIgnoreCase(Json.text(user, "attributes", "email")))
                .map(user -> Json.text(user, "id"))
                .toList();
        if (found.isEmpty()) {
            throw new Failure(ExitCode.NOT_FOUND, "No service account is called '" + Text.clean(account) + "'.");
        }
        if (found.size() > 1) {
            throw new Failure(
                    ExitCode.USAGE,
                    "Several service accounts are called '" + Text.clean(account) + "'. Give the id of one: "
                            + Text.clean(String.join(", ", found)) + ".");
        }
        return found.getFirst();
    }
}
