package dev.sallyport.audit;

import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The file that is being written. Used by the writing thread only; after any failure it is never used again. */
final class Segment {

    static final String SUFFIX = ".log";

    static final String NAME = "[0-7][0-9a-f]{7}-[0-7][0-9a-f]{15}\\.log";

    private static final Pattern NAMED = Pattern.compile(NAME);
    private static final int HEADER_PAYLOAD = Long.BYTES + 2 * Integer.BYTES;
    static final long MAGIC = 0x53414C4C59504F31L; // "SALLYPO1"

    private final String name;
    private final LogFiles files;
    private final LogFiles.LogFile file;
    private final LogLimits limits;
    private final Permissions permissions;
    private final Map<Authority, Integer> scopeSets = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);
    private long written;
    private long preallocated;

    private Segment(
            String name,
            LogFiles files,
            LogFiles.LogFile file,
            long preallocated,
            LogLimits limits,
            Permissions permissions) {
        this.name = name;
        this.files = files;
        this.file = file;
        this.preallocated = preallocated;
        this.limits = limits;
        this.permissions = permissions;
    }

    /** Begins a file whose first record has that sequence, and puts its header on stable storage. */
    static Segment begin(
            LogFiles files,
            SpareSegment spare,
            NodeEpoch origin,
            long firstSequence,
            LogLimits limits,
            Permissions permissions)
            throws IOException {
        var name = nameOf(origin.epoch(), firstSequence);
        var ready = spare.takeAs(name);
        var segment = ready == null
                ? new Segment(name, files, files.create(name), 0, limits, permissions)
                : new Segment(name, files, ready, limits.segmentBytes(), limits, permissions);
        try {
            var header = Frame.begin(new byte[Frame.PAYLOAD + HEADER_PAYLOAD], Frame.HEADER);
            ByteBuffer.wrap(header)
                    .position(Frame.PAYLOAD)
                    .putLong(MAGIC)
                    .putInt(origin.node())
                    .putInt(origin.epoch());
            segment.put(Frame.seal(header, firstSequence));
            segment.force();
            return segment;
        } catch (IOException | RuntimeException e) {
            segment.abandon();
            throw e;
        }
    }

    static String nameOf(int epoch, long firstSequence) {
        var hex = HexFormat.of();
        return hex.toHexDigits(epoch) + "-" + hex.toHexDigits(firstSequence) + SUFFIX;
    }

    /** The epoch of the last segment; 0 where there is none. */
    static int lastEpoch(List<LogFiles.Stored> segments) {
        return segments.stream()
                .filter(segment -> NAMED.matcher(segment.name()).matches())
                .mapToInt(segment -> HexFormat.fromHexDigits(segment.name(), 0, 8))
                .max()
                .orElse(0);
    }

    String name() {
        return name;
    }

    /** Where the next record goes. */
    long end() {
        return written + buffer.position();
    }

    boolean hasRoomFor(byte[] frame) {
        return end() + frame.length <= limits.segmentBytes() && scopeSets.size() < limits.scopeSets();
    }

    /** Whether it is time to see to the next file. */
    boolean isHalfFull() {
        return end() * 2 > preallocated;
    }

    /** Whether more room must be taken for the record, where a file is ready that has it. */
    boolean isOutgrownBy(byte[] frame) {
        return end() + frame.length > preallocated;
    }

    /** @param scopes null where nobody was authenticated */
    void append(byte[] frame, long sequence, @Nullable Authority scopes) throws IOException {
        if (scopes != null) {
            DecisionCodec.withScopes(frame, numberOf(scopes, sequence));
        }
        put(Frame.seal(frame, sequence));
    }

    private int numberOf(Authority scopes, long sequence) throws IOException {
        var known = scopeSets.get(scopes);
        if (known != null) {
            return known;
        }
        var number = scopeSets.size() + 1;
        put(Frame.seal(DecisionCodec.writeScopes(number, permissions.namesOf(scopes)), sequence));
        scopeSets.put(scopes, number);
        return number;
    }

    private void put(byte[] frame) throws IOException {
        if (buffer.remaining() < frame.length) {
            flush();
        }
        if (buffer.remaining() < frame.length) {
            write(ByteBuffer.wrap(frame));
        } else {
            buffer.put(frame);
        }
    }

    private void flush() throws IOException {
        if (buffer.position() > 0) {
            write(buffer.flip());
            buffer.clear();
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        var end = written + bytes.remaining();
        if (end > preallocated) {
            var next = end + limits.preallocatedBytes();
            limits.checkRoom(files, next - preallocated);
            file.preallocate(preallocated, next);
            preallocated = next;
        }
        file.write(bytes, written);
        written = end;
    }

    /** Returns when everything appended is on stable storage. */
    void force() throws IOException {
        flush();
        file.force();
    }

    /** Gives back the room that was not used. Everything was forced before, so nothing depends on this. */
    void finish() {
        try (file) {
            file.truncate(written);
        } catch (IOException _) {
            abandon();
        }
    }

    void abandon() {
        try {
            file.close();
        } catch (IOException _) {
            // The file is not used again; whatever went wrong has been told already.
        }
    }
}
