package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "pat",
        header = "Create, list and revoke personal access tokens.",
        description = "A personal access token acts as its owner, with the scopes it was given, until it expires or is"
                + " revoked.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  sallyport pat create --name laptop --scopes monitors_read --days 30"})
final class PatCommand {}
