package dev.sallyport.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says about a process. */
final class Cpu {

    /** A jiffy in {@code /proc}: {@code USER_HZ} is 100 on every Linux that Java runs on. */
    private static final long MICROS_PER_TICK = 10_000;

    private Cpu() {}

    /** Processor time of all threads so far, in microseconds. */
    static long micros(long pid) {
        // The name in brackets may hold blanks; the 14th and 15th words are user and system time.
        var stat = read(Path.of("/proc/" + pid + "/stat"));
        var words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(words[11]) + Long.parseLong(words[12])) * MICROS_PER_TICK;
    }

    /** Resident memory in bytes. */
    static long residentBytes(long pid) {
        return read(Path.of("/proc/" + pid + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
