package dev.sallyport.secret;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.crypto.Mac;

/** A keyed code (HMAC-SHA-256, RFC 2104) over a stream as it is written or read. For one stream, by one thread. */
public final class AuthenticationCode {

    private final Mac mac;

    AuthenticationCode(Mac mac) {
        this.mac = mac;
    }

    /** Passes on what is written; buffer above it. */
    public OutputStream over(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                mac.update(bytes, from, length);
                out.write(bytes, from, length);
            }
        };
    }

    /**
     * Passes on the first bytes, and says after them that there are no more; buffer above it.
     *
     * @param length how many bytes the code is over
     */
    public InputStream over(InputStream in, long length) {
        return new FilterInputStream(in) {
            private long left = length;

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int from, int most) throws IOException {
                if (left <= 0) {
                    return -1;
                }
                var count = in.read(bytes, from, (int) Math.min(most, left));
                if (count > 0) {
                    left -= count;
                    mac.update(bytes, from, count);
                }
                return count;
            }
        };
    }

    /** The code of all that passed. Asked once. */
    public byte[] value() {
        return mac.doFinal();
    }
}
