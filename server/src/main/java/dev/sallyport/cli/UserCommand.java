package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "user",
        header = "Invite, list, edit, disable and remove users.",
        description = "A user is a person in your organization. Service accounts are listed as users too.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  sallyport user invite ada@acme.example --role \"Datadog Standard Role\""})
final class UserCommand {}
