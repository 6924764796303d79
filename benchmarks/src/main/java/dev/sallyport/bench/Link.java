package dev.sallyport.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One kept-alive connection with at most one request under way. */
final class Link {

    private static final int LARGEST_ANSWER = 64 << 10;
    private static final byte[] LENGTH = "content-length:".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(LARGEST_ANSWER);
    private int bodyBytes;
    private int scanned;
    private int headEnd = -1;

    /** When the request under way was due. */
    long since;

    Link(SocketChannel channel) {
        this.channel = channel;
    }

    SocketChannel channel() {
        return channel;
    }

    /** A request is far smaller than the socket's buffer, so it is taken whole. */
    void send(ByteBuffer request) throws IOException {
        channel.write(request);
        if (request.hasRemaining()) {
            throw new IOException("the socket did not take a request of " + request.limit() + " bytes");
        }
    }

    /** The status of the answer once all of it is there; 0 until then. */
    int receive() throws IOException {
        if (channel.read(answer) < 0) {
            throw new IOException("the server closed the connection");
        }
        if (headEnd < 0 && !isHeadWhole()) {
            return 0;
        }
        if (answer.position() < headEnd + bodyBytes) {
            return 0;
        }
        var status = (answer.get(9) - '0') * 100 + (answer.get(10) - '0') * 10 + (answer.get(11) - '0');
        answer.clear();
        scanned = 0;
        headEnd = -1;
        bodyBytes = 0;
        return status;
    }

    private boolean isHeadWhole() {
        var end = answer.position();
        for (var i = scanned; i < end; i++) {
            if (answer.get(i) != '\n') {
                continue;
            }
            if (i + 2 >= end) {
                scanned = i;
                return false;
            }
            if (answer.get(i + 1) == '\r') {
                headEnd = i + 3;
                return true;
            }
            if ((answer.get(i + 1) | 0x20) == 'c' && !readLength(i + 1, end)) {
                scanned = i;
                return false;
            }
        }
        scanned = end;
        return false;
    }

    /** False if the line is not whole yet. */
    private boolean readLength(int from, int end) {
        var length = 0;
        for (var i = from; i < end; i++) {
            var place = i - from;
            var character = answer.get(i);
            if (character == '\r') {
                bodyBytes = length;
                return true;
            }
            if (place < LENGTH.length) {
                if ((character | 0x20) != LENGTH[place] && character != LENGTH[place]) {
                    return true;
                }
            } else if (character != ' ') {
                length = length * 10 + (character - '0');
            }
        }
        return false;
    }

    void close() throws IOException {
        channel.close();
    }
}
