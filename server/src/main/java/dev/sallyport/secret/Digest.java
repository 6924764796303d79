package dev.sallyport.secret;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * What is kept of a secret: the 32 bytes of its keyed digest, held in four longs.
 *
 * <p>It has no {@code equals}: whether two match is asked in a time that does not depend on their content.
 */
public final class Digest {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private Digest(byte[] bytes, int at) {
        first = (long) LONGS.get(bytes, at);
        second = (long) LONGS.get(bytes, at + 8);
        third = (long) LONGS.get(bytes, at + 16);
        fourth = (long) LONGS.get(bytes, at + 24);
    }

    public static Digest of(byte[] bytes) {
        if (bytes.length != Pepper.DIGEST_BYTES) {
            throw new IllegalArgumentException("a digest has " + Pepper.DIGEST_BYTES + " bytes, not " + bytes.length);
        }
        return new Digest(bytes, 0);
    }

    /** The one whose 32 bytes begin there. */
    public static Digest at(byte[] bytes, int at) {
        return new Digest(bytes, at);
    }

    /** Puts the 32 bytes there. */
    public void write(byte[] bytes, int at) {
        LONGS.set(bytes, at, first);
        LONGS.set(bytes, at + 8, second);
        LONGS.set(bytes, at + 16, third);
        LONGS.set(bytes, at + 24, fourth);
    }

    /** The first half, by which one is found among many. It proves nothing. */
    public UUID handle() {
        return new UUID(first, second);
    }

    /** Every word is looked at, whatever the ones before it said. */
    public boolean matches(Digest other) {
        return ((first ^ other.first) | (second ^ other.second) | (third ^ other.third) | (fourth ^ other.fourth)) == 0;
    }
}
