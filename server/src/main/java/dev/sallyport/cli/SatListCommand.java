package dev.sallyport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        header = "List the access tokens of a service account.",
        description = "Fetches every page. Revoked tokens are not listed.",
        footer = {
            "",
            "Examples:",
            "  sallyport sat list deploy-bot",
            "  sallyport sat list deploy-bot --sort expires_at"
        })
final class SatListCommand extends TokenListCommand {

    @Mixin
    ServiceAccountArgument account = new ServiceAccountArgument();

    SatListCommand(Shell shell) {
        super(shell);
    }

    @Override
    String path(Client client) {
        return account.tokens(client);
    }
}
