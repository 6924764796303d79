package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "app-key",
        header = "Create, list and revoke application keys (legacy).",
        description =
                "An application key acts as its owner until it is revoked, and only beside an API key. It is legacy:"
                        + " prefer a personal or a service access token, which ends.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  sallyport app-key list --all"})
final class AppKeyCommand {}
