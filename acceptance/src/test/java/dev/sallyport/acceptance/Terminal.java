package dev.sallyport.acceptance;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A shell that a person types into, and what is then to be seen. */
final class Terminal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DONE = "=== done ===";

    private final Process process;
    private final BufferedWriter keyboard;
    private final Path screen;
    private int seen;

    private Terminal(Process process, Path screen) {
        this.process = process;
        this.keyboard = process.outputWriter();
        this.screen = screen;
    }

    /** @param showsErrors whether standard error is to be seen, too */
    static Terminal open(Path folder, Map<String, String> environment, boolean showsErrors) {
        try {
            var screen = Files.createTempFile(folder, ".terminal", ".out");
            var builder = new ProcessBuilder("bash", "--norc", "--noprofile")
                    .directory(folder.toFile())
                    .redirectErrorStream(showsErrors)
                    .redirectOutput(screen.toFile());
            if (!showsErrors) {
                builder.redirectError(
                        Files.createTempFile(folder, ".terminal", ".err").toFile());
            }
            Program.cleanEnvironment(builder);
            builder.environment().putAll(environment);
            return new Terminal(builder.start(), screen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end. */
    String run(String command) {
        type(command + "\nprintf '%s\\n' '" + DONE + "'\n");
        Eventually.holds(
                "the end of " + command + ", after\n" + unseen(), PATIENCE, () -> unseen().endsWith(DONE + "\n"));
        var output = unseen();
        seen += output.length();
        return output.substring(0, output.length() - DONE.length() - 1);
    }

    /** Runs a command that does not end until everything that is expected is to be seen. */
    String runUntil(String command, Pattern expected) {
        type(command + "\n");
        try {
            Eventually.holds(
                    "the output of " + command,
                    PATIENCE,
                    () -> expected.matcher(unseen()).matches());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\nexpected\n" + expected + "\nbut was\n" + unseen(), e);
        }
        return unseen();
    }

    private void type(String text) {
        try {
            keyboard.write(text);
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String unseen() {
        try {
            return Files.readString(screen).substring(seen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what runs in it as well. */
    @Override
    public void close() {
        var below = process.descendants().toList();
        below.forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            for (var handle : below) {
                handle.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (Exception e) {
            below.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException("did not end when asked to", e);
        }
    }
}
