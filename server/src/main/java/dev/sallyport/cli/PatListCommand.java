package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "list",
        header = "List the personal access tokens that you can see.",
        description = "Fetches every page, with the service access tokens among them. Revoked tokens are not listed.",
        footer = {"", "Examples:", "  sallyport pat list", "  sallyport pat list --filter ci --sort -last_used_at"})
final class PatListCommand extends TokenListCommand {

    PatListCommand(Shell shell) {
        super(shell);
    }

    @Override
    String path(Client client) {
        return "/api/v2/personal_access_tokens";
    }
}
