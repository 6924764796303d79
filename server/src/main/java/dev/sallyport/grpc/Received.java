package dev.sallyport.grpc;

import io.grpc.MethodDescriptor.Marshaller;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What came in where a message belongs.
 *
 * @param message null where the bytes are none; the library would write a stack trace into the log for each
 */
record Received<Q>(@Nullable Q message) {

    static <Q> Marshaller<Received<Q>> marshaller(Marshaller<Q> marshaller) {
        return new Marshaller<>() {
            @Override
            public InputStream stream(Received<Q> value) {
                throw new UnsupportedOperationException("what was received is not sent");
            }

            @Override
            public Received<Q> parse(InputStream stream) {
                try {
                    return new Received<>(marshaller.parse(stream));
                } catch (RuntimeException unreadable) {
                    return new Received<>(null);
                }
            }
        };
    }
}
