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
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A disk in memory that remembers every operation, fails and hangs on demand, and can lose its power at any moment. */
final class RecordedFiles implements LogFiles {

    sealed interface Operation {
        record Created(String name) implements Operation {}

        record Wrote(String name, long position, List<Byte> bytes) implements Operation {}

        record Forced(String name) implements Operation {}

        record Replaced(String name, List<Byte> content) implements Operation {}

        record Noted(String what) implements Operation {}
    }

    private final Map<String, byte[]> contents = new TreeMap<>();
    private final List<Operation> operations = new ArrayList<>();
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
        return contents.getOrDefault(name, new byte[0]).clone();
    }

    synchronized void put(String name, byte[] content) {
        contents.put(name, content.clone());
    }

    /** What may lie on the disk after the power went away at that operation: unforced writes are there, torn, or lost. */
    RecordedFiles afterPowerCut(int at, Random random) {
        var after = new RecordedFiles();
        var forced = new HashMap<String, Integer>();
        for (var i = 0; i < at; i++) {
            if (operations.get(i) instanceof Operation.Forced(var name)) {
                forced.put(name, i);
            }
        }
        for (var i = 0; i < at; i++) {
            switch (operations.get(i)) {
                case Operation.Created(var name) -> after.put(name, new byte[0]);
                case Operation.Replaced(var name, var content) -> after.put(name, toArray(content));
                case Operation.Wrote(var name, var position, var bytes) -> {
                    var isSafe = i < forced.getOrDefault(name, -1);
                    var kept = isSafe ? toArray(bytes) : torn(toArray(bytes), random);
                    after.overwrite(name, position, kept);
                }
                case Operation.Forced _, Operation.Noted _ -> {}
            }
        }
        return after;
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

    private synchronized void overwrite(String name, long position, byte[] bytes) {
        var old = content(name);
        var wider = Arrays.copyOf(old, Math.max(old.length, (int) position + bytes.length));
        System.arraycopy(bytes, 0, wider, (int) position, bytes.length);
        contents.put(name, wider);
    }

    @Override
    public synchronized List<Stored> segments() {
        return contents.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".log"))
                .map(file -> new Stored(file.getKey(), file.getValue().length, Instant.EPOCH))
                .toList();
    }

    @Override
    public synchronized LogFile create(String name) throws IOException {
        refuseIfFailing();
        if (contents.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        operations.add(new Operation.Created(name));
        contents.put(name, new byte[0]);
        return new InMemory(name);
    }

    @Override
    public synchronized LogFile open(String name) throws IOException {
        if (!contents.containsKey(name)) {
            throw new NoSuchFileException(name);
        }
        return new InMemory(name);
    }

    @Override
    public synchronized void delete(String name) {
        contents.remove(name);
    }

    @Override
    public synchronized Optional<byte[]> read(String name) {
        return contents.containsKey(name) ? Optional.of(content(name)) : Optional.empty();
    }

    @Override
    public synchronized void replace(String name, byte[] content) {
        operations.add(new Operation.Replaced(name, toList(content)));
        contents.put(name, content.clone());
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

        InMemory(String name) {
            this.name = name;
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
                operations.add(new Operation.Wrote(name, position, toList(written)));
                overwrite(name, position, written);
            }
        }

        @Override
        public void force() throws IOException {
            awaitGate();
            synchronized (RecordedFiles.this) {
                refuseIfFailing();
                operations.add(new Operation.Forced(name));
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
            var content = content(name);
            if (position >= content.length) {
                return -1;
            }
            var count = Math.min(into.remaining(), content.length - (int) position);
            into.put(content, (int) position, count);
            return count;
        }

        @Override
        public long size() {
            return content(name).length;
        }

        @Override
        public void truncate(long size) {
            put(name, Arrays.copyOf(content(name), (int) size));
        }

        @Override
        public void close() {}
    }
}
