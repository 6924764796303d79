package dev.sallyport.grpc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a protocol-buffers message from its end to its beginning: the length of each part is known by the time that it is due,
 * and nothing is built of a part but its bytes. Fields come out in the opposite order of the calls.
 */
public final class MessageWriter {

    private static final int DELIMITED = 2;
    private static final int TAG_BITS = 3;

    private byte[] bytes;
    private int at;

    /** @param expected bytes; there may be more */
    public MessageWriter(int expected) {
        this.bytes = new byte[Math.max(16, expected)];
        this.at = bytes.length;
    }

    /** How much there is by now: where a part ends that is begun next. */
    public int place() {
        return bytes.length - at;
    }

    /** Puts whole fields before what there is. */
    public void fields(byte[] encoded) {
        room(encoded.length);
        at -= encoded.length;
        System.arraycopy(encoded, 0, bytes, at, encoded.length);
    }

    /** A field of text, also where it is empty. */
    public void text(int field, String value) {
        var end = place();
        fields(value.getBytes(StandardCharsets.UTF_8));
        begin(field, end);
    }

    /** Makes one field of what was written since that place: a message within this one. */
    public void begin(int field, int end) {
        var length = place() - end;
        varint(length);
        varint(field << TAG_BITS | DELIMITED);
    }

    private void varint(int value) {
        var size = (Integer.SIZE - Integer.numberOfLeadingZeros(value | 1) + 6) / 7;
        room(size);
        at -= size;
        var rest = value;
        for (var i = 0; i < size - 1; i++) {
            bytes[at + i] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at + size - 1] = (byte) rest;
    }

    private void room(int wanted) {
        if (at < wanted) {
            var wider = new byte[Math.max(bytes.length * 2, bytes.length + wanted)];
            System.arraycopy(bytes, at, wider, wider.length - place(), place());
            at += wider.length - bytes.length;
            bytes = wider;
        }
    }

    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, at, bytes.length);
    }
}
