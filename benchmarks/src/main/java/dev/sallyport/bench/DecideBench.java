package dev.sallyport.bench;

import dev.sallyport.bench.Measured.Latency;
import dev.sallyport.bench.Measured.Throughput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Measures the nginx door beside a bare server, in alternating rounds; only one of the two runs at a time. */
final class DecideBench {

    static final String HELLO = "bare hello";
    static final String HOT = "decide, 10 000 tokens in use";
    static final String UNIFORM = "decide, every token equally often";

    private static final int HOT_TOKENS = 10_000;
    private static final int WARM_UP_SECONDS = 10;
    private static final int SETTLE_SECONDS = 1;
    private static final int WARM_STARTS = 3;

    private final Plan plan;
    private final Stand stand;

    DecideBench(Plan plan) {
        this.plan = plan;
        this.stand = new Stand(plan);
    }

    /** One end of the load: a port and the process behind it. */
    private record Target(Child child, int port, int tokens) {}

    private record Start(double seconds, double processorSeconds) {}

    Measured run() throws IOException, SQLException {
        Files.createDirectories(plan.data());
        var machine = Machine.describe(plan.data());
        Progress.say("%s, load average %.1f".formatted(machine.disk(), machine.load()));
        var starts = new ArrayList<Start>();
        var emptyHeap = emptyStarts(starts);
        var store = stand.fullStore();
        var disk = DiskProbe.measure(plan.data());
        try (var server = stand.start(store, "server");
                var hello = stand.startHello()) {
            Progress.say("%d tokens are ready after %.1f s".formatted(plan.tokens(), server.secondsToAnswer()));
            var heap = Stand.liveHeapBytes(server.child());
            var door = server.doors().getPort();
            var targets = new LinkedHashMap<String, Target>();
            targets.put(HELLO, new Target(hello, Integer.parseInt(hello.awaitLine("hello ready ")), HOT_TOKENS));
            targets.put(HOT, new Target(server.child(), door, HOT_TOKENS));
            targets.put(UNIFORM, new Target(server.child(), door, plan.tokens()));
            for (var target : targets.values()) {
                target.child().suspend();
            }
            var file = Stand.tokenFile(store);
            warmUp(targets, file);
            var throughput = new ArrayList<Throughput>();
            for (var connections : plan.connections()) {
                throughput.addAll(closedLoops(targets, connections, file));
            }
            var latency = openLoops(targets, throughput, file);
            return new Measured(
                    machine,
                    plan.tokens(),
                    throughput,
                    latency,
                    disk.at(0.5) / 1e3,
                    disk.at(0.99) / 1e3,
                    (heap - emptyHeap) / (double) plan.tokens(),
                    Cpu.residentBytes(server.child().pid()) >> 20,
                    starts.getFirst().seconds(),
                    median(starts.subList(1, starts.size()), Start::seconds),
                    median(starts.subList(1, starts.size()), Start::processorSeconds),
                    server.secondsToAnswer());
        }
    }

    /** The heap of a server without tokens; the first start reads files that later ones find in memory. */
    private long emptyStarts(List<Start> starts) throws IOException {
        var store = stand.emptyStore();
        var heap = 0L;
        for (var i = 0; i <= WARM_STARTS; i++) {
            try (var server = stand.start(store, "empty")) {
                starts.add(new Start(server.secondsToAnswer(), server.processorSeconds()));
                Progress.say("an empty server answers after %.2f s".formatted(server.secondsToAnswer()));
                heap = i == WARM_STARTS ? Stand.liveHeapBytes(server.child()) : heap;
            }
        }
        return heap;
    }

    private void warmUp(Map<String, Target> targets, Path file) throws IOException {
        for (var target : targets.values()) {
            load(target, plan.connections().getFirst(), 0, WARM_UP_SECONDS, 1, file);
        }
    }

    private List<Throughput> closedLoops(Map<String, Target> targets, int connections, Path file) throws IOException {
        var results = new LinkedHashMap<String, List<LoadResult>>();
        for (var round = 1; round <= plan.rounds(); round++) {
            for (var target : targets.entrySet()) {
                var result = load(target.getValue(), connections, 0, SETTLE_SECONDS, plan.seconds(), file);
                results.computeIfAbsent(target.getKey(), _ -> new ArrayList<>()).add(result);
                Progress.say("round %d, %d connections, %s: %.0f/s, %.1f µs of processor a request"
                        .formatted(round, connections, target.getKey(), result.perSecond(), result.serverMicrosEach()));
            }
        }
        var bare = median(results.getOrDefault(HELLO, List.of()), LoadResult::perSecond);
        return results.entrySet().stream()
                .map(entry -> new Throughput(
                        entry.getKey(),
                        connections,
                        median(entry.getValue(), LoadResult::perSecond),
                        median(entry.getValue(), LoadResult::perSecond) / bare,
                        median(entry.getValue(), LoadResult::serverMicrosEach),
                        median(entry.getValue(), LoadResult::ownMicrosEach)))
                .toList();
    }

    /** Every target at half of what the slower ones could do: a latency at a rate that it cannot hold says nothing. */
    private List<Latency> openLoops(Map<String, Target> targets, List<Throughput> throughput, Path file)
            throws IOException {
        var connections = plan.connections().getLast();
        var latencies = new ArrayList<Latency>();
        for (var target : targets.entrySet()) {
            var rate = (int) throughput.stream()
                            .filter(known -> known.what().equals(target.getKey())
                                    || known.what().equals(HOT))
                            .mapToDouble(Throughput::requestsPerSecond)
                            .min()
                            .orElseThrow()
                    / 2;
            var result = load(target.getValue(), connections, rate, 2, plan.seconds(), file);
            latencies.add(new Latency(
                    target.getKey(),
                    rate,
                    result.p50() / 1e3,
                    result.p99() / 1e3,
                    result.p999() / 1e3,
                    result.greatest() / 1e3));
            Progress.say("%s at %d/s: p50 %d µs, p99 %d µs"
                    .formatted(target.getKey(), rate, result.p50() / 1_000, result.p99() / 1_000));
        }
        return latencies;
    }

    private LoadResult load(Target target, int connections, int rate, int warmUp, int seconds, Path file)
            throws IOException {
        target.child().resume();
        var arguments = List.of(
                Integer.toString(target.port()),
                Long.toString(target.child().pid()),
                Integer.toString(connections),
                Integer.toString(rate),
                Integer.toString(warmUp),
                Integer.toString(seconds),
                file.toString(),
                Integer.toString(target.tokens()),
                Shape.NGINX.name());
        var options = List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:+UseCompactObjectHeaders");
        try (var generator = Child.java(stand.log("load"), options, Load.class, arguments)) {
            var result = LoadResult.parse(generator.awaitLine("load "));
            if (result.failed() > 0) {
                throw new IOException(result.failed() + " requests failed; see " + stand.log("load"));
            }
            return result;
        } finally {
            target.child().suspend();
        }
    }

    private static <T> double median(List<T> values, ToDoubleFunction<T> number) {
        var sorted = values.stream().mapToDouble(number).sorted().toArray();
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
