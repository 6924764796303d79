package dev.sallyport.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the git of this machine to read a repository.
 *
 * <p>The repository may be anybody's: what its configuration could have git run is turned off, and missing objects are not
 * fetched, which runs programs too.
 */
final class Git {

    /** Set for hooks; they would lead to another repository than the one that was named. */
    private static final List<String> LEADING_ELSEWHERE = List.of(
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_COMMON_DIR",
            "GIT_NAMESPACE",
            "GIT_OBJECT_DIRECTORY",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES");

    /** Outranks the configuration of the repository; even {@code diff-tree} would run a file monitor that is set there. */
    private static final List<String> RUNNING_NOTHING =
            List.of("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null");

    /** Versions of git that do not know the first are held back by the second: no protocol has that name. */
    private static final Map<String, String> HARMLESS = Map.of(
            "GIT_NO_LAZY_FETCH", "1",
            "GIT_ALLOW_PROTOCOL", "none",
            "GIT_NO_REPLACE_OBJECTS", "1",
            "GIT_OPTIONAL_LOCKS", "0",
            "GIT_TERMINAL_PROMPT", "0");

    private static final int LONGEST_LINE = 64 << 10;

    private final String program;
    private final Path folder;

    /** @param folder in or below the repository */
    Git(String program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    ProcessBuilder command(String... arguments) {
        var command = new ArrayList<>(List.of(program, "--no-pager", "-C", folder.toString()));
        command.addAll(RUNNING_NOTHING);
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        LEADING_ELSEWHERE.forEach(builder.environment()::remove);
        builder.environment().putAll(HARMLESS);
        return builder;
    }

    /**
     * The folder with the objects of the repository; empty if there is none.
     *
     * @throws IOException if there is no git
     */
    Optional<String> repository() throws IOException {
        var process = command("rev-parse", "--absolute-git-dir").start();
        try (var output = process.getInputStream()) {
            var line = new String(output.readNBytes(LONGEST_LINE), StandardCharsets.UTF_8).strip();
            return succeeded(process) && !line.isEmpty() ? Optional.of(line) : Optional.empty();
        }
    }

    /** Waits until it ends. */
    static boolean succeeded(Process process) {
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
