package dev.sallyport.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The stores of the measured servers, and the servers as their launcher starts them. */
final class Stand {

    private final Plan plan;

    Stand(Plan plan) {
        this.plan = plan;
    }

    /** A running server whose first answer has been heard, and what that took. */
    record Running(Child child, URI doors, int grpcPort, double secondsToAnswer, double processorSeconds)
            implements AutoCloseable {
        @Override
        public void close() {
            child.close();
        }
    }

    Path log(String name) {
        return plan.data().resolve(name + ".log");
    }

    /** A store with an organization, its administrator and one token. */
    Path emptyStore() throws IOException {
        var folder = plan.data().resolve("empty");
        delete(folder);
        initialize(folder);
        return folder;
    }

    /** A store with that many tokens more; made once, and rid of what earlier runs left in its trail. */
    Path fullStore() throws IOException, SQLException {
        var folder = plan.data().resolve("tokens-" + plan.tokens());
        if (Files.notExists(tokenFile(folder))) {
            Progress.say("filling a store with %d tokens".formatted(plan.tokens()));
            delete(folder);
            initialize(folder);
            TokenFill.fill(folder, plan.tokens(), tokenFile(folder));
        }
        delete(folder.resolve("log"));
        for (var name : List.of("audit.db", "audit.db-wal", "audit.db-shm")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("sallyport.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM credential_use");
        }
        return folder;
    }

    /** The token of an enforcement point, made where there is none. */
    static Path pointFile(Path store) throws IOException, SQLException {
        var file = store.resolve("point.bin");
        if (Files.notExists(file)) {
            TokenFill.addPoint(store, file);
            // Nobody told the feed, so what was kept does not know of it.
            Files.deleteIfExists(store.resolve("replica.snapshot"));
        }
        return file;
    }

    static Path tokenFile(Path store) {
        return store.resolve("tokens.bin");
    }

    private void initialize(Path folder) throws IOException {
        Child.run(List.of(
                launcher(),
                "init",
                "--data",
                folder.toString(),
                "--organization",
                "Bench",
                "--admin-email",
                "ada@bench.example"));
    }

    private String launcher() {
        return plan.home().resolve("sallyport").toString();
    }

    Running start(Path store, String log) throws IOException {
        var child = Child.start(
                log(log),
                List.of(
                        launcher(),
                        "serve",
                        "--data",
                        store.toString(),
                        "--port",
                        "0",
                        "--gateway-listen",
                        "127.0.0.1:0"));
        try {
            var addresses = child.awaitLine("sallyport ready ").split(" doors | grpc ");
            awaitReady(URI.create(addresses[0] + "/readyz"));
            var seconds = child.secondsSinceStart();
            return new Running(
                    child, URI.create(addresses[1]), port(addresses[2]), seconds, Cpu.micros(child.pid()) / 1e6);
        } catch (IOException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Asks until the answer is 200, for a minute at most. */
    static void awaitReady(URI ready) throws IOException {
        try (var client = HttpClient.newHttpClient()) {
            for (var tries = 0; tries < 600; tries++) {
                var answer = client.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding());
                if (answer.statusCode() == 200) {
                    return;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            }
            throw new IOException("the server is not ready after a minute");
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    Child startHello() throws IOException {
        var options = new ArrayList<>(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError"));
        return Child.java(log("hello"), options, Hello.class, List.of());
    }

    /** Bytes of living objects, after a full collection. */
    static long liveHeapBytes(Child server) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var histogram = Child.run(List.of(jcmd, Long.toString(server.pid()), "GC.class_histogram"));
        return histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .mapToLong(line -> Long.parseLong(line.strip().split(" +")[2]))
                .findFirst()
                .orElseThrow(() -> new IOException("jcmd gave no histogram"));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        List<Path> found;
        try (var walk = Files.walk(folder)) {
            found = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (var path : found) {
            Files.delete(path);
        }
    }
}
