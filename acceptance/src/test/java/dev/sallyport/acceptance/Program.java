package dev.sallyport.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program to run to its end, with an environment that says nothing about Sallyport unless the test does. */
final class Program {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ProcessBuilder builder;
    private String input = "";

    private Program(List<String> command) {
        builder = new ProcessBuilder(command);
        cleanEnvironment(builder);
    }

    /** What a program left behind. */
    record Finished(int exitCode, String out, String err) {

        Finished succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + "\n" + out + "\n" + err);
            }
            return this;
        }

        /** The lines that are not blank. */
        List<String> errLines() {
            return err.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    static Program of(String... command) {
        return new Program(Arrays.asList(command));
    }

    /** The launcher of this project. */
    static Program sallyport(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Project.file("sallyport").toString());
        command.addAll(Arrays.asList(arguments));
        return new Program(command);
    }

    static void cleanEnvironment(ProcessBuilder builder) {
        builder.environment()
                .keySet()
                .removeIf(
                        name -> name.startsWith("SALLYPORT_") || name.startsWith("DD_") || name.startsWith("DATADOG_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    }

    Program in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    Program with(String variable, String value) {
        builder.environment().put(variable, value);
        return this;
    }

    Program reading(String text) {
        input = text;
        return this;
    }

    Finished run() {
        try {
            // Files, because a pipe that nobody reads blocks the program.
            var out = Files.createTempFile("program", ".out");
            var err = Files.createTempFile("program", ".err");
            try {
                var process = builder.redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                return finished(process, out, err);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Finished finished(Process process, Path out, Path err) throws IOException {
        try (var in = process.outputWriter()) {
            in.write(input);
        }
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "did not end: " + builder.command() + "\n" + Files.readString(out) + Files.readString(err));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        }
        return new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
