package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "rules",
        header = "Show and set the rules of your organization for its credentials.",
        description =
                "How long each kind may live, whether and by whom it may be created, which scopes it never carries, from"
                        + " where calls may come, and after how many days without use it ends.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  sallyport rules set --set personal_access_token.longest_life_days=30"})
final class RulesCommand {}
