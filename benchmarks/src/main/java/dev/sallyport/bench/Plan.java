package dev.sallyport.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What to measure.
 *
 * @param subject {@code decide} or {@code doors}
 * @param home the checkout
 * @param data where the stores of the measured servers are; on the disk that the log is to be measured on
 * @param tokens credentials in the full store, 1 to 10 000 000
 * @param seconds of one round, 1 to 600
 * @param rounds of each load, 1 to 20; medians are printed
 * @param connections kept-alive connections of the closed loops, one list of rounds each
 */
record Plan(
        String subject,
        Path home,
        Path data,
        int tokens,
        int seconds,
        int rounds,
        List<Integer> connections,
        boolean isJson,
        boolean isWritten) {

    static final String USAGE = """
            usage: ./bench decide|doors [--tokens N] [--seconds S] [--rounds R] [--connections N[,N]] [--data DIR] [--json] [--write]

              decide             the nginx door beside a bare server: throughput, latency, memory, start
              doors              every door beside that of nginx, gRPC beside an echo, AuthZEN in bundles and one by one

              --tokens N         credentials in the full store (default 1000000); their store is kept for the next run
              --seconds S        of each round (default 8)
              --rounds R         of each load; medians are printed (default 3)
              --connections N,N  kept-alive connections of the closed loops (default 256,1024)
              --data DIR         on the disk to measure (default server/target/bench)
              --json             print one JSON object instead of the table
              --write            also write docs/performance.md, or docs/performance-doors.md
            """;

    Plan {
        connections = List.copyOf(connections);
        check("--tokens", tokens, 1, 10_000_000);
        check("--seconds", seconds, 1, 600);
        check("--rounds", rounds, 1, 20);
        connections.forEach(count -> check("--connections", count, 1, 8_192));
    }

    private static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " must be from " + least + " to " + most);
        }
    }

    /** @throws IllegalArgumentException with a sentence for people */
    static Plan parse(Path home, List<String> words) {
        var data = home.resolve("server/target/bench");
        var tokens = 1_000_000;
        var seconds = 8;
        var rounds = 3;
        var connections = List.of(256, 1_024);
        var isJson = false;
        var isWritten = false;
        var rest = words.iterator();
        var subject = rest.hasNext() ? rest.next() : "";
        if (!subject.equals("decide") && !subject.equals("doors")) {
            throw new IllegalArgumentException("say what to measure: 'decide' or 'doors'");
        }
        while (rest.hasNext()) {
            var option = rest.next();
            switch (option) {
                case "--json" -> isJson = true;
                case "--write" -> isWritten = true;
                case "--tokens" -> tokens = Integer.parseInt(valueOf(option, rest));
                case "--seconds" -> seconds = Integer.parseInt(valueOf(option, rest));
                case "--rounds" -> rounds = Integer.parseInt(valueOf(option, rest));
                case "--data" -> data = Path.of(valueOf(option, rest)).toAbsolutePath();
                case "--connections" ->
                    connections = List.of(valueOf(option, rest).split(",")).stream()
                            .map(Integer::parseInt)
                            .toList();
                default -> throw new IllegalArgumentException("there is no option " + option);
            }
        }
        return new Plan(subject, home, data, tokens, seconds, rounds, connections, isJson, isWritten);
    }

    private static String valueOf(String option, java.util.Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }
}
