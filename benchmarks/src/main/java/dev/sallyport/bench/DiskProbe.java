package dev.sallyport.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How long the disk takes to keep 4 KiB: write, then fdatasync, in a file that has its room already. */
final class DiskProbe {

    private static final int BLOCK = 4 << 10;
    private static final int BLOCKS = 4 << 10;
    private static final long NANOS = 3_000_000_000L;

    private DiskProbe() {}

    static Histogram measure(Path folder) throws IOException {
        var file = folder.resolve("probe");
        var taken = new Histogram();
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var block = ByteBuffer.allocateDirect(BLOCK);
            for (var i = 0; i < BLOCKS; i++) {
                channel.write(block.clear(), (long) i * BLOCK);
            }
            channel.force(true);
            var begin = System.nanoTime();
            for (var i = 0; i < BLOCKS && System.nanoTime() - begin < NANOS; i++) {
                var before = System.nanoTime();
                channel.write(block.clear(), (long) i * BLOCK);
                channel.force(false);
                taken.add(System.nanoTime() - before);
            }
        } finally {
            Files.deleteIfExists(file);
        }
        return taken;
    }
}
