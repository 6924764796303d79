package dev.sallyport.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "tail",
        header = "Print the latest audit events, oldest first.",
        description = "With --follow, goes on to print new ones as they come, until it is interrupted. With --json, one"
                + " event a line.",
        footer = {"", "Examples:", "  sallyport audit tail", "  sallyport audit tail --follow --json"})
final class AuditTailCommand extends ServerCommand {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration LOOK_BACK = Duration.ofHours(1);
    /** Events of several nodes become searchable a little out of order. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private static final int MOST_PER_LOOK = 10_000;
    private static final int REMEMBERED = 100_000;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with new events.")
    boolean follow;

    @Option(names = "--limit", paramLabel = "N", description = "How many to begin with; 10 unless given.")
    int limit = 10;

    private final SequencedSet<String> printed = new LinkedHashSet<>();

    AuditTailCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST_PER_LOOK) {
            throw new Failure(ExitCode.USAGE, "--limit takes a number from 1 to " + MOST_PER_LOOK + ".");
        }
        var search = new AuditSearch(api());
        var began = shell.clock().instant();
        var latest = search.events(
                new AuditSearch.Asked("*", began.minus(LOOK_BACK).toString(), "now", "-timestamp", limit));
        print(latest.reversed());
        // What is older than the first look and was not shown then is not new.
        var newest = latest.isEmpty() ? began : timestamp(latest.getFirst(), began);
        var from = newest;
        while (follow && shell.pause().passes(INTERVAL)) {
            var events = search.events(new AuditSearch.Asked("*", from.toString(), "now", "timestamp", MOST_PER_LOOK));
            print(events);
            newest = events.isEmpty() ? newest : timestamp(events.getLast(), newest);
            from = later(from, newest.minus(OVERLAP));
        }
        return ExitCode.DONE.code();
    }

    private void print(List<JsonNode> events) {
        for (var event : events) {
            if (printed.add(Json.text(event, "id"))) {
                shell.out().println(isJson() ? Json.line(event) : AuditRows.line(event));
            }
        }
        while (printed.size() > REMEMBERED) {
            printed.removeFirst();
        }
        shell.out().flush();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant timestamp(JsonNode event, Instant otherwise) {
        try {
            return OffsetDateTime.parse(Json.text(event, "attributes", "timestamp"))
                    .toInstant();
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }
}
