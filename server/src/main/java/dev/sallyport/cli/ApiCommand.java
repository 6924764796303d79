package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "api",
        header = "Import, list and show protected APIs.",
        description = "A protected API is one whose calls Sallyport decides. These commands talk to the doors' address,"
                + " which only the server's own machine reaches unless configured otherwise.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  sallyport api import orders.yaml --id orders --host orders.example.com"})
final class ApiCommand {}
