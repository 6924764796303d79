package dev.sallyport.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;

/** The bytes of requests: one of a few texts and one of many tokens, chosen at random for each. */
final class Requests {

    /** What stands before the token, and after it. */
    private static final class Parts {
        private final byte[] before;
        private final byte[] after;

        private Parts(Shape.Text text) {
            before = bytes(text.before());
            after = bytes(text.after());
        }

        private static byte[] bytes(List<Byte> octets) {
            var bytes = new byte[octets.size()];
            for (var i = 0; i < bytes.length; i++) {
                bytes[i] = octets.get(i);
            }
            return bytes;
        }
    }

    private final List<Parts> parts;
    private final MappedByteBuffer tokens;
    private final int count;
    private final SplittableRandom random = new SplittableRandom(20_261_123);

    private Requests(List<Parts> parts, MappedByteBuffer tokens, int count) {
        this.parts = parts;
        this.tokens = tokens;
        this.count = count;
    }

    /** @param most how many of the tokens in the file are used */
    static Requests of(Shape shape, Path file, int most) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var stored = (int) (channel.size() / TokenFill.TOKEN_BYTES);
            var parts = shape.requests().stream().map(Parts::new).toList();
            var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return new Requests(parts, bytes.load(), Math.min(stored, most));
        }
    }

    void next(ByteBuffer out) {
        var text = parts.get(random.nextInt(parts.size()));
        out.put(text.before);
        var token = random.nextInt(count);
        out.put(out.position(), tokens, token * TokenFill.TOKEN_BYTES, TokenFill.TOKEN_BYTES);
        out.position(out.position() + TokenFill.TOKEN_BYTES);
        out.put(text.after);
    }
}
