package dev.sallyport.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

/** Where it was measured. */
record Machine(
        String date,
        int cores,
        String processor,
        long memoryMib,
        String kernel,
        String java,
        String disk,
        double load) {

    private static final Set<String> NO_DISK = Set.of("tmpfs", "ramfs", "overlayfs-memory");

    /** @throws IllegalArgumentException if that folder is in memory: a log that is lost with the power proves nothing */
    static Machine describe(Path data) throws IOException {
        var store = Files.getFileStore(data);
        if (NO_DISK.contains(store.type())) {
            throw new IllegalArgumentException(
                    data + " is on " + store.type() + ", which is memory. Choose a folder on a disk with --data.");
        }
        return new Machine(
                LocalDate.now(ZoneOffset.UTC).toString(),
                Runtime.getRuntime().availableProcessors(),
                field(Path.of("/proc/cpuinfo"), "model name"),
                Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("[^0-9]", "")) >> 10,
                System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                store.type() + " on " + store.name(),
                Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]));
    }

    private static String field(Path file, String name) throws IOException {
        return Files.readString(file)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("0");
    }
}
