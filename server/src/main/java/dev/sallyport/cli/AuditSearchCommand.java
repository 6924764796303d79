package dev.sallyport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "search",
        header = "Search the audit trail.",
        description = "Newest first unless --sort says otherwise.",
        footer = {
            "",
            "Examples:",
            "  sallyport audit search --from now-1h",
            "  sallyport audit search '@usr.email:alice@example.com' --limit 500 --json"
        })
final class AuditSearchCommand extends ServerCommand {

    private static final int MOST_EVENTS = 100_000;

    @Parameters(arity = "0..1", paramLabel = "QUERY", description = "What to look for; everything unless given.")
    String query = "*";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "A time like 2026-12-31T00:00:00Z, or back from now; now-15m unless given.")
    String from = "now-15m";

    @Option(names = "--to", paramLabel = "TIME", description = "Likewise; now unless given.")
    String to = "now";

    @Option(names = "--limit", paramLabel = "N", description = "How many events at most; 100 unless given.")
    int limit = 100;

    @Option(names = "--sort", paramLabel = "FIELD", description = "timestamp or -timestamp.")
    String sort = "-timestamp";

    AuditSearchCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST_EVENTS) {
            throw new Failure(ExitCode.USAGE, "--limit takes a number from 1 to " + MOST_EVENTS + ".");
        }
        var events = new AuditSearch(api()).events(new AuditSearch.Asked(query, from, to, sort, limit));
        if (isJson()) {
            output.json(events);
        } else {
            output.table(AuditRows.table(events));
        }
        return ExitCode.DONE.code();
    }
}
