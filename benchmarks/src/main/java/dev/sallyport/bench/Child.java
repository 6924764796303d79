package dev.sallyport.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process that this program started. None of them outlives it. */
final class Child implements AutoCloseable {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> RUNNING.forEach(Child::end)));
    }

    private final Process process;
    private final BufferedReader out;
    private final long begun;

    private Child(Process process, long begun) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.begun = begun;
    }

    /** @param log takes its standard error */
    static Child start(Path log, List<String> command) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        var begun = System.nanoTime();
        var process = builder.start();
        RUNNING.add(process);
        return new Child(process, begun);
    }

    /** Another Java program from the class path of this one. */
    static Child java(Path log, List<String> options, Class<?> main, List<String> arguments) throws IOException {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return start(log, command);
    }

    long pid() {
        return process.pid();
    }

    double secondsSinceStart() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** The next line of its output that begins so; without that beginning. */
    String awaitLine(String beginning) throws IOException {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw new IOException(
                "a program ended without saying '" + beginning + "'; see the *.log files of the data folder");
    }

    /** Stands still, so that nothing it does in the background is taken from whoever is measured. */
    void suspend() throws IOException {
        signal("-STOP");
    }

    void resume() throws IOException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException {
        run(List.of("kill", signal, Long.toString(pid())));
    }

    /** Runs a short command to its end; its output. */
    static String run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            var text = reader.readAllAsString();
            if (process.waitFor() != 0) {
                throw new IOException(command.getFirst() + " failed");
            }
            return text;
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        end(process);
        RUNNING.remove(process);
    }

    private static void end(Process process) {
        try {
            if (process.isAlive()) {
                // A suspended one would not hear of its end.
                var _ = new ProcessBuilder("kill", "-CONT", Long.toString(process.pid()))
                        .start()
                        .waitFor();
            }
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
