package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "credential",
        synopsisSubcommandLabel = "COMMAND",
        header = "Find and end credentials of every kind.",
        description = "Tokens and keys of everybody in the organization: found by what they are, and revoked together.",
        footer = {"", "Example:", "  sallyport credential list --never-expires"})
final class CredentialCommand {}
