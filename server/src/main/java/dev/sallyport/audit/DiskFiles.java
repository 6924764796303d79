package dev.sallyport.audit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A folder of the local file system. Threads that come here must not be interrupted: it would close their files. */
final class DiskFiles implements LogFiles {

    private static final int ZEROS = 1 << 20;

    private final Path folder;
    private final FileChannel lock;

    private DiskFiles(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Takes the folder, which is made if it is not there, for this process alone. */
    static DiskFiles in(Path folder) throws IOException {
        Files.createDirectories(folder);
        var lock = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
        try {
            if (lock.tryLock() != null) {
                return new DiskFiles(folder, lock);
            }
        } catch (OverlappingFileLockException _) {
            // Taken by this very process.
        }
        lock.close();
        throw new IOException("Another process uses " + folder + ".");
    }

    @Override
    public List<Stored> segments() throws IOException {
        var found = new ArrayList<Stored>();
        try (var paths = Files.newDirectoryStream(folder, "*" + Segment.SUFFIX)) {
            for (var path : paths) {
                found.add(new Stored(
                        path.toFile().getName(),
                        Files.size(path),
                        Files.getLastModifiedTime(path).toInstant()));
            }
        }
        found.sort(Comparator.comparing(Stored::name));
        return found;
    }

    @Override
    public LogFile create(String name) throws IOException {
        var file = new OnDisk(FileChannel.open(folder.resolve(name), CREATE_NEW, READ, WRITE));
        forceFolder();
        return file;
    }

    @Override
    public LogFile open(String name) throws IOException {
        return new OnDisk(FileChannel.open(folder.resolve(name), READ, WRITE));
    }

    @Override
    public LogFile openOrCreate(String name) throws IOException {
        return new OnDisk(FileChannel.open(folder.resolve(name), CREATE, READ, WRITE));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        forceFolder();
    }

    @Override
    public OptionalLong sizeOf(String name) throws IOException {
        var path = folder.resolve(name);
        return Files.exists(path) ? OptionalLong.of(Files.size(path)) : OptionalLong.empty();
    }

    @Override
    public long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        var path = folder.resolve(name);
        return Files.exists(path) ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
    }

    @Override
    public void replace(String name, byte[] content) throws IOException {
        var fresh = folder.resolve(name + ".new");
        try (var channel = FileChannel.open(fresh, CREATE, TRUNCATE_EXISTING, WRITE)) {
            writeAll(channel, ByteBuffer.wrap(content), 0);
            channel.force(true);
        }
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private void forceFolder() throws IOException {
        try (var channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        var at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private record OnDisk(FileChannel channel) implements LogFile {

        @Override
        public void preallocate(long from, long to) throws IOException {
            var zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, to - from));
            for (var at = from; at < to; at += zeros.capacity()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
                writeAll(channel, zeros, at);
            }
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            writeAll(channel, bytes, position);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return channel.read(into, position);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
