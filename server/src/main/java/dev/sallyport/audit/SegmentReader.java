package dev.sallyport.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one segment from its beginning, up to the first thing that is not a whole record. */
final class SegmentReader implements Closeable {

    private static final int CHUNK = 256 << 10;

    /** What a segment holds. */
    sealed interface Entry {
        record Decision(AuditId id, LoggedDecision decision) implements Entry {}

        /** So many refusals of strangers that were not recorded one by one. */
        record Refusals(long atMicros, long count) implements Entry {}
    }

    private final LogFiles.LogFile file;
    private final Map<Integer, List<String>> scopeSets = new HashMap<>();
    private ByteBuffer buffer = ByteBuffer.allocate(CHUNK).flip();
    private long offset;
    private long lastSequence;
    private int node;
    private int epoch;

    SegmentReader(LogFiles.LogFile file) {
        this.file = file;
    }

    /** Where the next record begins. */
    long offset() {
        return offset;
    }

    /** Passes over everything before that place, but for what later records refer to. */
    void skipTo(long place) throws IOException {
        while (offset < place && next(place) != null) {
            // Reading is the point: the sets of scopes are collected on the way.
        }
    }

    /** The next entry that ends at or before the limit; null where there is none. */
    @Nullable
    Entry next(long limit) throws IOException {
        while (true) {
            var size = frameSize(limit);
            if (size == 0) {
                return null;
            }
            var start = buffer.position();
            var sequence = buffer.getLong(start + Frame.LENGTH_AND_CHECKSUM);
            var kind = buffer.get(start + Frame.PAYLOAD - 1);
            var payload = buffer.slice(start + Frame.PAYLOAD, size - Frame.PAYLOAD);
            if (sequence < lastSequence || (offset == 0) != (kind == Frame.HEADER)) {
                return null;
            }
            try {
                var entry = read(kind, sequence, payload);
                lastSequence = sequence;
                buffer.position(start + size);
                offset += size;
                if (entry != null) {
                    return entry;
                }
            } catch (BufferUnderflowException | IllegalArgumentException _) {
                return null;
            }
        }
    }

    private @Nullable Entry read(byte kind, long sequence, ByteBuffer payload) {
        return switch (kind) {
            case Frame.HEADER -> {
                if (payload.getLong() != Segment.MAGIC) {
                    throw new IllegalArgumentException("not a segment of this log");
                }
                node = payload.getInt();
                epoch = payload.getInt();
                yield null;
            }
            case Frame.SCOPES -> {
                scopeSets.put(payload.getInt(), DecisionCodec.readScopes(payload));
                yield null;
            }
            case Frame.DECISION ->
                new Entry.Decision(new AuditId(node, epoch, sequence), DecisionCodec.read(payload, this::scopes));
            case Frame.REFUSALS -> new Entry.Refusals(payload.getLong(), payload.getLong());
            // Of a newer version of the program.
            default -> null;
        };
    }

    private List<String> scopes(int number) {
        var names = scopeSets.get(number);
        if (names == null) {
            throw new IllegalArgumentException("a record names scopes that its segment does not explain");
        }
        return names;
    }

    /** The size of the whole frame at the position; 0 where there is none. */
    private int frameSize(long limit) throws IOException {
        if (offset + Frame.PAYLOAD > limit || !isBuffered(Frame.PAYLOAD, limit)) {
            return 0;
        }
        var length = buffer.getInt(buffer.position());
        if (length < Frame.PAYLOAD - Frame.LENGTH_AND_CHECKSUM || length > Frame.LONGEST) {
            return 0;
        }
        var size = length + Frame.LENGTH_AND_CHECKSUM;
        if (offset + size > limit || !isBuffered(size, limit)) {
            return 0;
        }
        return Frame.isWhole(buffer.slice(buffer.position(), size), size) ? size : 0;
    }

    /** Never takes bytes from beyond the limit into the buffer: they may still change. */
    private boolean isBuffered(int bytes, long limit) throws IOException {
        while (buffer.remaining() < bytes) {
            if (buffer.capacity() < bytes) {
                buffer = ByteBuffer.allocate(bytes + CHUNK).put(buffer).flip();
            }
            var from = offset + buffer.remaining();
            buffer.compact();
            buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + limit - from));
            var read = file.read(buffer, from);
            buffer.flip();
            if (read <= 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
