package dev.sallyport.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Measures every door beside that of nginx, gRPC beside an echo, and bundled evaluations beside single ones. */
final class DoorsBench {

    private static final int TOKENS_IN_USE = 10_000;
    private static final int CHECKS_UNDER_WAY = 64;
    private static final int POINTS = 16;
    private static final int WARM_UP_SECONDS = 8;
    private static final int SETTLE_SECONDS = 1;

    private static final double DOOR_AIM = 0.9;
    private static final double GRPC_AIM = 0.5;
    private static final double BUNDLE_AIM = 10;

    private final Plan plan;
    private final Stand stand;

    DoorsBench(Plan plan) {
        this.plan = plan;
        this.stand = new Stand(plan);
    }

    /** A generator that can be run against one process. */
    private record Source(Child server, Class<?> generator, List<String> before, List<String> after, int decisions) {}

    DoorsMeasured run() throws IOException, SQLException {
        Files.createDirectories(plan.data());
        var machine = Machine.describe(plan.data());
        Progress.say("%s, load average %.1f".formatted(machine.disk(), machine.load()));
        var store = stand.fullStore();
        var point = Stand.pointFile(store);
        try (var server = stand.start(store, "server");
                var echo = Child.java(
                        stand.log("echo"), List.of("-XX:+UseCompactObjectHeaders"), GrpcEcho.class, List.of())) {
            var echoPort = Integer.parseInt(echo.awaitLine("echo ready "));
            var tokens = Stand.tokenFile(store);
            var door = server.doors().getPort();
            var sources = new LinkedHashMap<String, Source>();
            sources.put("nginx door", http(server.child(), door, Shape.NGINX, tokens, TOKENS_IN_USE, connections()));
            sources.put(
                    "forward-auth door",
                    http(server.child(), door, Shape.FORWARD_AUTH, tokens, TOKENS_IN_USE, connections()));
            sources.put("envoy door", http(server.child(), door, Shape.ENVOY, tokens, TOKENS_IN_USE, connections()));
            sources.put("gRPC echo", grpc(echo, echoPort, tokens, "echo"));
            sources.put("gRPC check", grpc(server.child(), server.grpcPort(), tokens, "check"));
            sources.put("AuthZEN evaluation", http(server.child(), door, Shape.EVALUATION, point, 1, POINTS));
            sources.put("AuthZEN evaluations of 50", http(server.child(), door, Shape.EVALUATIONS, point, 1, POINTS));
            echo.suspend();
            server.child().suspend();
            return new DoorsMeasured(machine, rows(rounds(sources)));
        }
    }

    private int connections() {
        return plan.connections().getFirst();
    }

    private Source http(Child server, int port, Shape shape, Path tokens, int most, int connections) {
        return new Source(
                server,
                Load.class,
                List.of(Integer.toString(port), Long.toString(server.pid()), Integer.toString(connections), "0"),
                List.of(tokens.toString(), Integer.toString(most), shape.name()),
                shape.decisions());
    }

    private Source grpc(Child server, int port, Path tokens, String what) {
        return new Source(
                server,
                GrpcLoad.class,
                List.of(Integer.toString(port), Long.toString(server.pid()), Integer.toString(CHECKS_UNDER_WAY)),
                List.of(tokens.toString(), Integer.toString(TOKENS_IN_USE), what),
                1);
    }

    private Map<String, List<LoadResult>> rounds(Map<String, Source> sources) throws IOException {
        for (var source : sources.values()) {
            load(source, 0, WARM_UP_SECONDS);
        }
        var results = new LinkedHashMap<String, List<LoadResult>>();
        for (var round = 1; round <= plan.rounds(); round++) {
            for (var source : sources.entrySet()) {
                var result = load(source.getValue(), SETTLE_SECONDS, plan.seconds());
                results.computeIfAbsent(source.getKey(), _ -> new ArrayList<>()).add(result);
                Progress.say("round %d, %s: %.0f/s, %.1f µs of processor a decision"
                        .formatted(round, source.getKey(), result.perSecond(), result.serverMicrosEach()));
            }
        }
        return results;
    }

    /** Counted in decisions. */
    private LoadResult load(Source source, int settle, int seconds) throws IOException {
        source.server().resume();
        var arguments = new ArrayList<>(source.before());
        arguments.add(Integer.toString(settle));
        arguments.add(Integer.toString(seconds));
        arguments.addAll(source.after());
        var options = List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:+UseCompactObjectHeaders");
        try (var generator = Child.java(stand.log("load"), options, source.generator(), arguments)) {
            var result = LoadResult.parse(generator.awaitLine("load "));
            if (result.failed() > 0) {
                throw new IOException(result.failed() + " requests failed; see " + stand.log("load"));
            }
            return result.times(source.decisions());
        } finally {
            source.server().suspend();
        }
    }

    private static List<DoorsMeasured.Row> rows(Map<String, List<LoadResult>> results) {
        var rows = new ArrayList<DoorsMeasured.Row>();
        results.forEach((what, rounds) -> {
            var beside = besideWhat(what);
            var perSecond = median(rounds, LoadResult::perSecond);
            var base = median(results.getOrDefault(beside, rounds), LoadResult::perSecond);
            rows.add(new DoorsMeasured.Row(
                    what,
                    perSecond,
                    median(rounds, LoadResult::serverMicrosEach),
                    beside,
                    perSecond / base,
                    aim(what)));
        });
        return rows;
    }

    private static String besideWhat(String what) {
        return switch (what) {
            case "forward-auth door", "envoy door" -> "nginx door";
            case "gRPC check" -> "gRPC echo";
            case "AuthZEN evaluations of 50" -> "AuthZEN evaluation";
            default -> "";
        };
    }

    private static double aim(String what) {
        return switch (what) {
            case "forward-auth door", "envoy door" -> DOOR_AIM;
            case "gRPC check" -> GRPC_AIM;
            case "AuthZEN evaluations of 50" -> BUNDLE_AIM;
            default -> 0;
        };
    }

    private static double median(List<LoadResult> results, ToDoubleFunction<LoadResult> number) {
        var sorted = results.stream().mapToDouble(number).sorted().toArray();
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
