package dev.sallyport.grpc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 (RFC 9113 §4, §6), for what no client would send. */
final class RawHttp2 {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_HEADERS = 4;
    private static final int END_STREAM = 1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** @param window how many bytes of an answer we take */
    static RawHttp2 connection(int window) {
        var raw = new RawHttp2();
        try {
            raw.out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            raw.frame(SETTINGS, 0, 0, new byte[] {
                0, 4, (byte) (window >>> 24), (byte) (window >>> 16), (byte) (window >>> 8), (byte) window
            });
            return raw;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The headers of a call of the one method. */
    RawHttp2 headers(int stream) throws IOException {
        var block = new ByteArrayOutputStream();
        block.write(0x83);
        block.write(0x86);
        literal(block, 4, "/test.Echo/Say");
        literal(block, 1, "localhost");
        named(block, "content-type", "application/grpc");
        named(block, "te", "trailers");
        frame(HEADERS, END_HEADERS, stream, block.toByteArray());
        return this;
    }

    /** A whole message. */
    RawHttp2 message(int stream, byte[] message) throws IOException {
        var data = new ByteArrayOutputStream();
        var framed = new DataOutputStream(data);
        framed.writeByte(0);
        framed.writeInt(message.length);
        framed.write(message);
        frame(DATA, END_STREAM, stream, data.toByteArray());
        return this;
    }

    RawHttp2 reset(int stream) throws IOException {
        frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(payload.length >>> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    /** RFC 7541 §6.2.2: never indexed here, with a name of the static table. */
    private static void literal(ByteArrayOutputStream block, int name, String value) {
        block.write(name);
        text(block, value);
    }

    private static void named(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        text(block, name);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String text) {
        block.write(text.length());
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
