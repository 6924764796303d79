package dev.sallyport.grpc;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A message that was encoded already, as the library takes it. */
final class Encoded extends ByteArrayInputStream implements KnownLength, Drainable {

    /** Messages as their bytes. */
    static final Marshaller<byte[]> MESSAGES = new Marshaller<>() {
        @Override
        public InputStream stream(byte[] message) {
            return new Encoded(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private Encoded(byte[] message) {
        super(message);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
        var rest = available();
        target.write(buf, pos, rest);
        pos = count;
        return rest;
    }
}
