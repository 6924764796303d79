package dev.sallyport.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads every version of every file that a branch or tag leads to, and the messages of all commits, each once, from the first
 * commit on.
 */
final class HistoryScan {

    private static final int LONGEST_RECORD = 64 << 10;
    private static final String SUBMODULE = "160000";

    private final ScanReport report;
    private final String program;
    private final Set<String> repositories = new HashSet<>();

    /** @param program the git to run: a name on the PATH, or a file */
    HistoryScan(ScanReport report, String program) {
        this.report = report;
        this.program = program;
    }

    /** The whole repository that the path is in, once, however many of its paths are named. */
    void scan(Path path) {
        var folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return; // Whoever reads the files has said that it is not there.
        }
        var git = new Git(program, folder);
        try {
            var repository = git.repository();
            if (repository.isEmpty()) {
                report.trouble(path + " is in no git repository that git is willing to read.");
            } else if (repositories.add(repository.get())) {
                read(git, path);
            }
        } catch (IOException e) {
            report.trouble("The history cannot be read: git is not installed, or not on the PATH.");
        }
    }

    private void read(Git git, Path path) throws IOException {
        // Parents come before their children, whatever their clocks said.
        var listing = ProcessBuilder.startPipeline(List.of(
                git.command("rev-list", "--all", "--topo-order", "--reverse"),
                git.command(
                        "diff-tree",
                        "--stdin",
                        "--always",
                        "-r",
                        "-c",
                        "--root",
                        "--no-renames",
                        "--raw",
                        "--no-abbrev",
                        "-z")));
        var objects = git.command("cat-file", "--batch").start();
        try (var changes = new BufferedInputStream(listing.getLast().getInputStream())) {
            follow(changes, objects);
            if (!listing.stream().allMatch(Git::succeeded)) {
                incomplete(path);
            }
        } catch (IOException e) {
            incomplete(path);
        } finally {
            objects.destroy();
            listing.forEach(Process::destroy);
        }
    }

    private void incomplete(Path path) {
        report.trouble("git could not read the whole history of " + path + ".");
    }

    /** Records end with a zero byte: the id of a commit, then for each of its changes {@code :modes ids status} and a path. */
    private void follow(InputStream changes, Process objects) throws IOException {
        var contents = new BufferedInputStream(objects.getInputStream());
        var seen = new HashSet<String>();
        var commit = "";
        for (var entry = until(0, changes); !entry.isEmpty(); entry = until(0, changes)) {
            if (!entry.startsWith(":")) {
                commit = entry;
                read(commit, "", commit, objects, contents);
                continue;
            }
            var path = until(0, changes);
            // As many colons as parents; then modes and ids, those of the parents first.
            var parents = entry.lastIndexOf(':') + 1;
            var words = entry.substring(parents).split(" ");
            if (words.length < 2 * parents + 2) {
                throw new IOException("git says something else than it used to");
            }
            var mode = words[parents];
            var id = words[2 * parents + 1];
            var isGone = id.chars().allMatch(digit -> digit == '0');
            if (!isGone && !mode.equals(SUBMODULE) && seen.add(id)) {
                read(id, path, commit, objects, contents);
            }
        }
    }

    private void read(String id, String path, String commit, Process objects, InputStream contents) throws IOException {
        var asking = objects.getOutputStream();
        asking.write((id + "\n").getBytes(StandardCharsets.US_ASCII));
        asking.flush();
        var header = until('\n', contents).split(" ");
        if (header.length != 3) {
            report.trouble("An object of commit " + commit + " is missing in this clone: " + path);
            return;
        }
        var size = Long.parseLong(header[2]);
        report.read(contents, size, path, commit);
        contents.skipNBytes(Math.max(0, size - ScanReport.LARGEST) + 1);
    }

    /** Empty at the end of the stream. What is longer than any path is cut. */
    private static String until(int end, InputStream bytes) throws IOException {
        var text = new ByteArrayOutputStream();
        for (var next = bytes.read(); next != end; next = bytes.read()) {
            if (next < 0) {
                if (text.size() == 0) {
                    return "";
                }
                throw new EOFException("git ended in the middle of a record");
            }
            if (text.size() < LONGEST_RECORD) {
                text.write(next);
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
