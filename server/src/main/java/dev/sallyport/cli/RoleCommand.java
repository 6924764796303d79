package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "role",
        header = "List, create, change and delete roles, and say who has them.",
        description =
                "A role holds permissions, and gives them to whoever has it. Managed roles cannot be changed. You can"
                        + " give only what your own credential reaches.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  sallyport role create Readers --permissions monitors_read,dashboards_read",
            "  sallyport role add-member Readers ada@acme.example"
        })
final class RoleCommand {}
