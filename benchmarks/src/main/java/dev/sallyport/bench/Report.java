package dev.sallyport.bench;

/** The findings as text. */
final class Report {

    private Report() {}

    static String table(Measured measured) {
        var text = new StringBuilder();
        line(text, "| load | connections | requests/s | of hello | CPU µs a request | of the generator |");
        line(text, "|---|---|---|---|---|---|");
        for (var row : measured.throughput()) {
            line(
                    text,
                    "| %s | %d | %.0f | %.0f %% | %.1f | %.1f |"
                            .formatted(
                                    row.what(),
                                    row.connections(),
                                    row.requestsPerSecond(),
                                    row.ratio() * 100,
                                    row.serverMicrosPerRequest(),
                                    row.generatorMicrosPerRequest()));
        }
        line(text, "");
        line(text, "| open loop | requests/s | p50 ms | p99 ms | p99.9 ms | greatest ms |");
        line(text, "|---|---|---|---|---|---|");
        for (var row : measured.latency()) {
            line(
                    text,
                    "| %s | %d | %.2f | %.2f | %.2f | %.2f |"
                            .formatted(
                                    row.what(),
                                    row.requestsPerSecond(),
                                    row.p50Micros() / 1e3,
                                    row.p99Micros() / 1e3,
                                    row.p999Micros() / 1e3,
                                    row.greatestMicros() / 1e3));
        }
        line(text, "");
        line(text, "| | |");
        line(text, "|---|---|");
        line(
                text,
                "| fdatasync of 4 KiB, p50 / p99 ms | %.2f / %.2f |"
                        .formatted(measured.fdatasyncP50Micros() / 1e3, measured.fdatasyncP99Micros() / 1e3));
        line(text, "| tokens | %d |".formatted(measured.tokens()));
        line(
                text,
                "| heap bytes a token, with its share of the owners | %.0f |".formatted(measured.heapBytesPerToken()));
        line(text, "| resident MiB after the load | %d |".formatted(measured.residentMib()));
        line(
                text,
                "| empty store, start to first answer, first / warm s | %.2f / %.2f |"
                        .formatted(measured.firstStartSeconds(), measured.warmStartSeconds()));
        line(text, "| empty store, processor time until then s | %.2f |".formatted(measured.startProcessorSeconds()));
        line(text, "| full store, start to first answer s | %.2f |".formatted(measured.fullStartSeconds()));
        return text.append('\n').append(machine(measured.machine())).toString();
    }

    static String machine(Machine machine) {
        return "%s: %d × %s, %d MiB, Linux %s, %s, %s, load average %.1f before the run.\n"
                .formatted(
                        machine.date(),
                        machine.cores(),
                        machine.processor(),
                        machine.memoryMib(),
                        machine.kernel(),
                        machine.java(),
                        machine.disk(),
                        machine.load());
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    /** The page {@code docs/performance.md}. */
    static String page(Measured measured) {
        return """
                # Performance

                What `./bench decide --write` measured on the machine below. It writes this page; edit the program, not the page.

                ## Method

                * The packaged server, started by its launcher, with the decision log on a real disk: every allow is answered only
                  after its record is there (fdatasync). Search index and identity header are on.
                * Beside it a bare server of the same library and options that answers "hello" to the same requests. The two take
                  turns, and the one that does not is suspended; the ratio is the number to compare, because requests a second
                  change with the machine's mood.
                * The load generator shares the cores. A closed loop shows throughput. Latency is shown by an open loop at half of
                  the lowest throughput of that load: requests are due at even times, and a late one counts from when it was due.
                * "10 000 tokens in use" asks with tokens drawn from ten thousand of all: their signed identity headers are used
                  again within 30 seconds. "Every token equally often" signs nearly every time; it is the worst case.
                * Heap a token is the live heap after a full collection with all tokens, less that of an empty server, divided by
                  the tokens. Every hundred tokens have an owner of their own.

                ## Result

                %s
                ## What limits

                The processor. Of a decided request most goes to HTTP itself; then to the answer's thirteen headers, the record, and
                the index, which gives way to calls and catches up when it is quiet. The disk takes one fdatasync for all requests
                that came in while the last one was written. On two cores whatever else runs for long makes calls wait: the index
                works in pieces of a few milliseconds while calls are many, and what is left beyond a few milliseconds is the
                collector of memory and the generator itself.
                """.formatted(table(measured));
    }
}
