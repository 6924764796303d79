package dev.sallyport.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs command lines as a user would, with an environment and a clock of its own. */
final class TestShell {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    static final String TOKEN = "ddpat_0123";

    record Run(int exitCode, String out, String err) {}

    @Command(name = "sallyport")
    static final class Root {}

    private final Map<String, String> environment = new HashMap<>();
    private Path directory = Path.of("target", "no-such-directory");
    private boolean isTerminal;
    private int pauses;
    private String typed = "";

    TestShell() {
        environment.put("SALLYPORT_TOKEN", TOKEN);
    }

    static TestShell at(TestServer server) {
        return new TestShell().with("SALLYPORT_URL", server.url()).with("SALLYPORT_DOORS", server.url());
    }

    TestShell with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    TestShell in(Path workingDirectory) {
        directory = workingDirectory;
        return this;
    }

    TestShell typing(String lines) {
        typed = lines;
        return this;
    }

    TestShell onATerminal() {
        isTerminal = true;
        return this;
    }

    /** How often a command that watches may look again. */
    TestShell pausing(int times) {
        pauses = times;
        return this;
    }

    Run run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exitCode = commandLine(out, err).execute(arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }

    CommandLine commandLine(StringWriter out, StringWriter err) {
        var left = new int[] {pauses};
        var shell = new Shell(
                Map.copyOf(environment),
                directory,
                new BufferedReader(new StringReader(typed)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                isTerminal,
                () -> NOW,
                _ -> left[0]-- > 0);
        return Commands.addTo(new CommandLine(new Root()), shell);
    }
}
