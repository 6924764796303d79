package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "audit",
        header = "Search and follow the audit trail.",
        description = "Who did what, with which credential, and what was decided.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  sallyport audit search '@usr.email:alice@example.com' --from now-1h"})
final class AuditCommand {}
