package dev.sallyport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the README tells a newcomer to do, and sees whether the same comes of it.
 *
 * <p>The convention: what stands in {@code console} fences between {@code <!-- tour -->} and {@code <!-- /tour -->} is typed,
 * line by line, into one shell. A line that begins with {@code "$ "} is a command, the lines up to the next one are its output,
 * standard error included; {@code …} stands for anything on a line, and a line of nothing else for any number of lines. A fence
 * {@code console serve} holds a command that goes on in a terminal of its own, and shows its standard output until it is ready.
 * The ports 8080, 8081 and 8082 of the document become free ones.
 */
class ReadmeTourTest {

    @Test
    void everything_that_the_readme_shows_happens(@TempDir Path folder) throws IOException {
        var tour = Tour.in(Project.text("README.md"));
        Files.createSymbolicLink(folder.resolve("sallyport"), Project.file("sallyport"));
        Files.createSymbolicLink(folder.resolve("docs"), Project.file("docs"));
        var port = freePort();
        var doors = freePort();
        var grpc = freePort();
        var ports = Map.of(
                "SALLYPORT_PORT",
                port,
                "SALLYPORT_GATEWAY_LISTEN",
                "127.0.0.1:" + doors,
                "SALLYPORT_GATEWAY_GRPC_PORT",
                grpc);

        try (var serving = Terminal.open(folder, ports, false);
                var terminal = Terminal.open(folder, Map.of(), true)) {
            for (var documented : tour.steps()) {
                var step = here(documented, port, doors, grpc);
                var printed = step.isServer()
                        ? serving.runUntil(step.command(), step.expected())
                        : terminal.run(step.command());

                assertThat(printed)
                        .as("$ %s\n%s", step.command(), String.join("\n", step.output()))
                        .matches(step.expected());
            }
        }
        assertThat(tour.steps().stream().filter(Tour.Step::isServer)).hasSize(1);
        assertThat(tour.steps()).hasSizeGreaterThan(5);
    }

    @Test
    void an_ellipsis_stands_for_anything_and_nothing_else_does() {
        var tour = Tour.in("""
                <!-- tour -->
                ```console
                $ first
                id …, once
                …
                end.
                $ second
                ```
                ```yaml
                $ no command
                ```
                <!-- /tour -->
                """);

        assertThat(tour.steps()).extracting(Tour.Step::command).containsExactly("first", "second");
        var first = tour.steps().getFirst().expected();
        assertThat("id 42, once\nmore\nand more\nend.\n").matches(first);
        assertThat("id , once\nend.\n").matches(first);
        assertThat("id 42, twice\nend.\n").doesNotMatch(first);
        assertThat("id 42, once\nendX\n").doesNotMatch(first);
        assertThat("id 42, once\nend.\nmore\n").doesNotMatch(first);
        assertThat("anything\n").doesNotMatch(tour.steps().get(1).expected());
    }

    private static Tour.Step here(Tour.Step step, String port, String doors, String grpc) {
        return new Tour.Step(
                step.isServer(),
                here(step.command(), port, doors, grpc),
                step.output().stream()
                        .map(line -> here(line, port, doors, grpc))
                        .toList());
    }

    private static String here(String text, String port, String doors, String grpc) {
        var here = text;
        for (var host : List.of("localhost:", "127.0.0.1:")) {
            here = here.replace(host + "8080", host + port)
                    .replace(host + "8081", host + doors)
                    .replace(host + "8082", host + grpc);
        }
        return here;
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(socket.getLocalPort());
        }
    }
}
