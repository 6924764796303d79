package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "api-key",
        header = "Create, list and revoke API keys.",
        description = "An API key belongs to the organization. It opens intake, and nothing else by itself.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  sallyport api-key create --name agents"})
final class ApiKeyCommand {}
