package dev.sallyport.audit;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One record in a segment: length (4 bytes, of what follows the checksum), CRC-32C (4, over everything else), sequence (8),
 * kind (1), payload. A length of zero is the end: nothing was written from there on.
 */
final class Frame {

    static final int LENGTH_AND_CHECKSUM = 8;
    static final int PAYLOAD = LENGTH_AND_CHECKSUM + Long.BYTES + 1;
    static final int LONGEST = 1 << 20;

    static final byte HEADER = 1;
    static final byte DECISION = 2;
    static final byte SCOPES = 3;
    static final byte REFUSALS = 4;

    private Frame() {}

    /** Writes the length and the kind of a frame that fills these bytes. */
    static byte[] begin(byte[] frame, byte kind) {
        ByteBuffer.wrap(frame).putInt(frame.length - LENGTH_AND_CHECKSUM).put(PAYLOAD - 1, kind);
        return frame;
    }

    /** Fills in what is known last. */
    static byte[] seal(byte[] frame, long sequence) {
        var bytes = ByteBuffer.wrap(frame);
        bytes.putLong(LENGTH_AND_CHECKSUM, sequence);
        bytes.putInt(4, checksum(bytes, frame.length));
        return frame;
    }

    /** Whether the bytes from the position are a whole frame of that size. */
    static boolean isWhole(ByteBuffer frame, int size) {
        return frame.getInt(4) == checksum(frame, size);
    }

    private static int checksum(ByteBuffer frame, int size) {
        var checksum = new CRC32C();
        checksum.update(frame.slice(0, 4));
        checksum.update(frame.slice(LENGTH_AND_CHECKSUM, size - LENGTH_AND_CHECKSUM));
        return (int) checksum.getValue();
    }
}
