package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "sat",
        header = "Create, list and revoke service access tokens.",
        description = "A service access token acts as a service account, with the scopes it was given, until it expires"
                + " or is revoked. All of it needs service_account_write.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  sallyport sat create deploy-bot --name ci --scopes monitors_read --days 90"})
final class SatCommand {}
