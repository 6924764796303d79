package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "service-account",
        header = "List and create service accounts, and hand them over.",
        description =
                "A service account acts for a program, and a user answers for it. 'sallyport sat' makes its tokens,"
                        + " 'sallyport role' changes its roles, 'sallyport user' disables and removes it.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example:",
            "  sallyport service-account create deploy-bot --email ops@acme.example --role Readers"
        })
final class ServiceAccountCommand {}
