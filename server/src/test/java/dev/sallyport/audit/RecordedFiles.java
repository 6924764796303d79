package dev.sallyport.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A disk in memory that remembers every operation, fails and hangs on demand, and can lose its power at any moment. */
final class RecordedFiles implements LogFiles {

    /** A file is known by its number, because its name changes. */
    sealed interface Operation {
        record Created(String name, int file) implements Operation {}

        record Wrote(String name, int file, long position, List<Byte> bytes) implements Operation {}

        record Truncated(int file, long size) implements Operation {}

        record Forced(int file) implements Operation {}

        record Renamed(String from, String to) implements Operation {}

        record Deleted(String name) implements Operation {}

        record Replaced(String name, int file, List<Byte> content) implements Operation {}

        record Noted(String what) implements Operation {}
    }

    private final Map<String, Integer> names = new TreeMap<>();
    private final Map<Integer, byte[]> contents = new HashMap<>();
    private final List<Operation> operations = new ArrayList<>();
    private int files;
    private volatile long free = Long.MAX_VALUE;
    private volatile Instant modifiedAt = Instant.EPOCH;
    private volatile boolean isFailing;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final Semaphore hanging = new Semaphore(0);

    synchronized void fails(boolean isFailing) {
        this.isFailing = isFailing;
    }

    /** Every force hangs until the latch is released. */
    void hangsUntil(CountDownLatch gate) {
        this.gate = gate;
    }

    /** Returns once a force hangs. */
    void awaitHanging() throws InterruptedException {
        hanging.acquire();
    }

    /** Puts a remark between the operations, in the order in which things happened. */
    synchronized void note(String what) {
        operations.add(new Operation.Noted(what));
    }

    synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    synchronized byte[] content(String name) {
        var file = names.get(name);
        return file == null ? new byte[0] : bytesOf(file).clone();
    }

    private byte[] bytesOf(int file) {
        return contents.getOrDefault(file, new byte[0]);
    }

    synchronized void put(String name, byte[] content) {
        contents.put(named(name), content.clone());
    }

    private int named(String name) {
        return names.computeIfAbsent(name, _ -> files++);
    }

    void wasWrittenAt(Instant time) {
        this.modifiedAt = time;
    }

    void hasFree(long bytes) {
        this.free = bytes;
    }

    /** What may lie on the disk after the power went away at that operation: unforced changes are there, torn, or lost. */
    synchronized RecordedFiles afterPowerCut(int at, Random random) {
        var after = new RecordedFiles();
        var forced = new HashMap<Integer, Integer>();
        for (var i = 0; i < at; i++) {
            if (operations.get(i) instanceof Operation.Forced(var file)) {
                forced.put(file, i);
            }
        }
        for (var i = 0; i < at; i++) {
            switch (operations.get(i)) {
                case Operation.Created(var name, var file) -> after.begin(name, file, new byte[0]);
                case Operation.Replaced(var name, var file, var content) -> after.begin(name, file, toArray(content));
                case Operation.Renamed(var from, var to) -> after.move(from, to);
                case Operation.Deleted(var name) -> {
                    // No later name is the same, so it does not matter if it comes back.
                    if (random.nextBoolean()) {
                        after.names.remove(name);
                    }
                }
                case Operation.Truncated(var file, var size) -> {
                    if (i < forced.getOrDefault(file, -1) || random.nextBoolean()) {
                        after.contents.put(file, Arrays.copyOf(after.bytesOf(file), (int) size));
                    }
                }
                case Operation.Wrote(var _, var file, var position, var bytes) -> {
                    var isSafe = i < forced.getOrDefault(file, -1);
                    var kept = isSafe ? toArray(bytes) : torn(toArray(bytes), random);
                    after.overwrite(file, position, kept);
                }
                case Operation.Forced _, Operation.Noted _ -> {}
            }
        }
        after.files = files;
        return after;
    }

    private void begin(String name, int file, byte[] content) {
        names.put(name, file);
        contents.put(file, content);
    }

    private void move(String from, String to) {
        var file = names.remove(from);
        if (file != null) {
            names.put(to, file);
        }
    }

    private static byte[] torn(byte[] bytes, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new byte[0];
            case 1 -> bytes;
            case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            default -> {
                var holed = bytes.clone();
                var from = random.nextInt(bytes.length);
                Arrays.fill(holed, from, Math.min(bytes.length, from + 64), (byte) 0);
                yield holed;
            }
        };
    }

    private static byte[] toArray(List<Byte> bytes) {
        var array = new byte[bytes.size()];
        for (var i = 0; i < array.length; i++) {
            array[i] = bytes.get(i);
        }
        return array;
    }

    private static List<Byte> toList(byte[] bytes) {
        var list = new ArrayList<Byte>(bytes.length);
        for (var value : bytes) {
            list.add(value);
        }
        return list;
    }

    private synchronized void overwrite(int file, long position, byte[] bytes) {
        var old = bytesOf(file);
        var wider = Arrays.copyOf(old, Math.max(old.length, (int) position + bytes.length));
        System.arraycopy(bytes, 0, wider, (int) position, bytes.length);
        contents.put(file, wider);
    }

    @Override
    public synchronized List<Stored> segments() {
        return names.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".log"))
                .map(file -> new Stored(file.getKey(), bytesOf(file.getValue()).length, modifiedAt))
                .toList();
    }

    @Override
    public synchronized LogFile create(String name) throws IOException {
        refuseIfFailing();
        if (names.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        return openOrCreate(name);
    }

    @Override
    public synchronized LogFile openOrCreate(String name) throws IOException {
        refuseIfFailing();
        if (!names.containsKey(name)) {
            operations.add(new Operation.Created(name, named(name)));
        }
        return new InMemory(name, named(name));
    }

    @Override
    public synchronized LogFile open(String name) throws IOException {
        if (!names.containsKey(name)) {
            throw new NoSuchFileException(name);
        }
        return new InMemory(name, named(name));
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        refuseIfFailing();
        if (!names.containsKey(from)) {
            throw new NoSuchFileException(from);
        }
        operations.add(new Operation.Renamed(from, to));
        move(from, to);
    }

    @Override
    public synchronized OptionalLong sizeOf(String name) {
        return names.containsKey(name) ? OptionalLong.of(bytesOf(named(name)).length) : OptionalLong.empty();
    }

    @Override
    public long free() {
        return free;
    }

    @Override
    public synchronized void delete(String name) {
        operations.add(new Operation.Deleted(name));
        names.remove(name);
    }

    @Override
    public synchronized Optional<byte[]> read(String name) {
        return names.containsKey(name) ? Optional.of(content(name)) : Optional.empty();
    }

    @Override
    public synchronized void replace(String name, byte[] content) {
        names.remove(name);
        operations.add(new Operation.Replaced(name, named(name), toList(content)));
        put(name, content);
    }

    @Override
    public void close() {}

    private void refuseIfFailing() throws IOException {
        if (isFailing) {
            throw new IOException("no space left, on purpose");
        }
    }

    private final class InMemory implements LogFile {

        private final String name;
        private final int file;

        InMemory(String name, int file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public void preallocate(long from, long to) throws IOException {
            write(ByteBuffer.allocate((int) (to - from)), from);
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            var written = new byte[bytes.remaining()];
            bytes.get(written);
            synchronized (RecordedFiles.this) {
                operations.add(new Operation.Wrote(name, file, position, toList(written)));
                overwrite(file, position, written);
            }
        }

        @Override
        public void force() throws IOException {
            awaitGate();
            synchronized (RecordedFiles.this) {
                refuseIfFailing();
                operations.add(new Operation.Forced(file));
            }
        }

        private void awaitGate() throws IOException {
            try {
                if (gate.getCount() > 0) {
                    hanging.release();
                }
                gate.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public int read(ByteBuffer into, long position) {
            synchronized (RecordedFiles.this) {
                var content = bytesOf(file);
                if (position >= content.length) {
                    return -1;
                }
                var count = Math.min(into.remaining(), content.length - (int) position);
                into.put(content, (int) position, count);
                return count;
            }
        }

        @Override
        public long size() {
            synchronized (RecordedFiles.this) {
                return bytesOf(file).length;
            }
        }

        @Override
        public void truncate(long size) {
            synchronized (RecordedFiles.this) {
                operations.add(new Operation.Truncated(file, size));
                contents.put(file, Arrays.copyOf(bytesOf(file), (int) size));
            }
        }

        @Override
        public void close() {}
    }
}
