package dev.sallyport.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;

/** The bytes of requests: one of a few heads and one of many tokens, chosen at random for each. */
final class Requests {

    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> heads;
    private final MappedByteBuffer tokens;
    private final int count;
    private final SplittableRandom random = new SplittableRandom(20_261_123);

    private Requests(List<byte[]> heads, MappedByteBuffer tokens, int count) {
        this.heads = heads;
        this.tokens = tokens;
        this.count = count;
    }

    /** @param most how many of the tokens in the file are used */
    static Requests of(Path file, int most) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var stored = (int) (channel.size() / TokenFill.TOKEN_BYTES);
            var heads = Calls.PATHS.stream().map(Requests::head).toList();
            var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return new Requests(heads, bytes.load(), Math.min(stored, most));
        }
    }

    /** As nginx asks: the credential is the client's, the original request stands in two headers. */
    private static byte[] head(String path) {
        return """
                GET /gateway/nginx/datadog HTTP/1.1\r
                Host: 127.0.0.1\r
                X-Original-Method: GET\r
                X-Original-URI: %s\r
                X-Forwarded-For: 198.51.100.7\r
                Accept: application/json\r
                Authorization: Bearer \
                """.formatted(path).getBytes(StandardCharsets.US_ASCII);
    }

    void next(ByteBuffer out) {
        out.put(heads.get(random.nextInt(heads.size())));
        var token = random.nextInt(count);
        out.put(out.position(), tokens, token * TokenFill.TOKEN_BYTES, TokenFill.TOKEN_BYTES);
        out.position(out.position() + TokenFill.TOKEN_BYTES);
        out.put(END);
    }
}
