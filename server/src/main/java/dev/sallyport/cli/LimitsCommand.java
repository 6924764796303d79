package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "limits",
        header = "Show and set how many calls your organization and its credentials may make.",
        description =
                "Calls in one second and in one UTC day, for the organization as a whole, for each credential, and for single"
                        + " credentials. Each node counts for itself.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  sallyport limits set --credential-per-second 50"})
final class LimitsCommand {}
