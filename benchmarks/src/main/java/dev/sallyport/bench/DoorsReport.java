package dev.sallyport.bench;

/** The findings about the doors as text. */
final class DoorsReport {

    private DoorsReport() {}

    static String table(DoorsMeasured measured) {
        var text = new StringBuilder("""
                | load | decisions/s | CPU µs a decision | beside | ratio | aim |
                |---|---|---|---|---|---|
                """);
        for (var row : measured.rows()) {
            text.append("| %s | %.0f | %.1f | %s | %s | %s |%n"
                    .formatted(
                            row.what(),
                            row.perSecond(),
                            row.serverMicrosEach(),
                            row.beside(),
                            row.aim() == 0 ? "" : "%.2f".formatted(row.ratio()),
                            row.aim() == 0 ? "" : "%.1f".formatted(row.aim())));
        }
        return text.append('\n').append(Report.machine(measured.machine())).toString();
    }

    /** The page {@code docs/performance-doors.md}. */
    static String page(DoorsMeasured measured) {
        return """
                # Performance of the doors

                What `./bench doors --write` measured on the machine below. It writes this page; edit the program, not the page.

                ## Method

                * The packaged server with the decision log on a real disk, as for [performance.md](performance.md): every allow is
                  answered after its record is there. 10 000 tokens of the store are in use.
                * Each load is a closed loop of its own, in rounds that take turns; medians are printed. The load generator shares
                  the cores, so the ratio in one run is the number to compare, and processor time the steadier one.
                * The three doors over HTTP get the same calls at the same number of connections.
                * gRPC: 64 checks under way on two connections, beside a bare server with the same listener that gives back the
                  message that it got.
                * AuthZEN: 16 connections; 50 evaluations in one request beside one in each, counted in evaluations.

                ## Result

                %s
                ## What limits

                gRPC: a check costs the server some 20 µs more than the echo; two thirds of that is the decision and its record, as
                at the other doors, the rest is the answer: sixteen headers and the names of those to remove, each a message of its
                own. Below half of the echo, the floor of this way to answer is reached; fewer headers would be the next step.

                AuthZEN: a bundled evaluation costs a few microseconds, of which its record is the largest part. More than 200 000
                records a second come near to what the log's one writer and its disk take, and the ratio moves with them from run to
                run (8.7 to 13.5 were seen).
                """.formatted(table(measured));
    }
}
