package dev.sallyport.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server process on free ports of loopback. Closing it kills what still runs. */
final class RunningServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Pattern READY =
            Pattern.compile("sallyport ready (http://\\S+) doors (http://\\S+) grpc (\\S+)");

    private final Process process;
    private final Path log;
    private final List<String> out;
    private final CompletableFuture<String> ended;
    private final String url;
    private final String doors;
    private final String grpc;

    private RunningServer(Process process, Path log, List<String> out, CompletableFuture<String> ended, Matcher ready) {
        this.process = process;
        this.log = log;
        this.out = out;
        this.ended = ended;
        this.url = ready.group(1);
        this.doors = ready.group(2);
        this.grpc = ready.group(3);
    }

    /** Starts it and waits until it says that it is ready. */
    static RunningServer start(Path data, String... more) {
        var command = new ArrayList<>(List.of(
                Project.file("sallyport").toString(),
                "serve",
                "--data",
                data.toString(),
                "--port",
                "0",
                "--gateway-listen",
                "127.0.0.1:0"));
        command.addAll(Arrays.asList(more));
        try {
            Files.createDirectories(data.getParent());
            var log = Files.createTempFile(data.getParent(), "serve", ".log");
            var builder = new ProcessBuilder(command).redirectError(log.toFile());
            Program.cleanEnvironment(builder);
            return whenReady(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunningServer whenReady(Process process, Path log) {
        var lines = new CopyOnWriteArrayList<String>();
        var ready = new CompletableFuture<Matcher>();
        var ended = new CompletableFuture<String>();
        var _ = Thread.ofVirtual().start(() -> {
            process.inputReader().lines().forEach(line -> {
                lines.add(line);
                var matcher = READY.matcher(line);
                if (matcher.matches()) {
                    ready.complete(matcher);
                }
            });
            ready.completeExceptionally(new IllegalStateException("ended before it was ready"));
            ended.complete("");
        });
        try {
            return new RunningServer(process, log, lines, ended, ready.get(START.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new AssertionError("the server did not start: " + lines + "\n" + read(log), e);
        }
    }

    /** Of the management API. */
    String url() {
        return url;
    }

    String doors() {
        return doors;
    }

    /** HOST:PORT. */
    String grpc() {
        return grpc;
    }

    /** What it wrote on standard output, the ready line included. */
    List<String> out() {
        return List.copyOf(out);
    }

    /** What it wrote on standard error. */
    String log() {
        return read(log);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "(the log cannot be read: " + e + ")";
        }
    }

    /** Asks it to stop, and goes on. */
    void terminate() {
        // Process.destroy would also close its output, under whoever still reads it.
        process.toHandle().destroy();
    }

    /** Asks it to stop, and waits until it has: with exit code 0, as is promised. */
    void stop() {
        terminate();
        var exitCode = awaitEnd();
        if (exitCode != 0) {
            throw new AssertionError("exit code " + exitCode + " after SIGTERM\n" + log());
        }
    }

    /** {@code kill -9} */
    void kill() {
        process.toHandle().destroyForcibly();
        awaitEnd();
    }

    /** @return the exit code */
    int awaitEnd() {
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end within " + STOP + "\n" + log());
            }
            ended.get(STOP.toSeconds(), TimeUnit.SECONDS);
            return process.exitValue();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
