package dev.sallyport.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Where a command runs.
 *
 * @param directory the working directory
 * @param in what somebody types
 * @param isTerminal whether somebody reads standard output, rather than another program
 */
record Shell(
        Map<String, String> environment,
        Path directory,
        BufferedReader in,
        PrintWriter out,
        PrintWriter err,
        boolean isTerminal,
        InstantSource clock,
        Pause pause) {

    /** Waits between two looks; false ends the watching. */
    interface Pause {
        boolean passes(Duration duration);
    }

    static Shell ofThisProcess() {
        return new Shell(
                System.getenv(),
                Path.of(""),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                isSeenBySomebody(),
                InstantSource.system(),
                Shell::untilInterrupted);
    }

    @SuppressWarnings("SystemConsoleNull") // It may be null by its contract, and the provider is a setting of the JDK.
    private static boolean isSeenBySomebody() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    private static boolean untilInterrupted(Duration duration) {
        try {
            return !new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A variable that is set and not blank, or the empty text. */
    String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    boolean hasColours() {
        // By convention, NO_COLOR set to anything but the empty text turns colours off.
        return isTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    void warn(String message) {
        err.println("sallyport: " + message);
    }
}
