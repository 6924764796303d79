package dev.sallyport.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** The files of a decision log, for whoever copies them. */
public final class LogFolder {

    /** What the files of a log are called; nothing else in its folder is worth keeping. */
    public static final String NAMES = NodeEpoch.FILE + "|" + Segment.NAME;

    private LogFolder() {}

    /**
     * The names of the files that are there now, in order; none where there is no folder. The last one may be in use: whoever
     * copies it gets every record that was durable before, and perhaps a torn one after them, which the next start passes over.
     */
    public static List<String> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.toFile().getName())
                    .filter(name -> name.matches(NAMES))
                    .sorted()
                    .toList();
        }
    }

    /** Makes a copied log one that goes on: none of its coming ids was given by the node that it was taken from. */
    public static void goOn(Path folder, RandomGenerator random, Instant now) throws IOException {
        try (var files = DiskFiles.in(folder)) {
            NodeEpoch.pass(files, random, now);
        }
        Files.deleteIfExists(folder.resolve("lock"));
    }
}
