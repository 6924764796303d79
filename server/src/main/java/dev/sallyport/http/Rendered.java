package dev.sallyport.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer in bytes, ready to be written. A class, because a record's equality would compare the array by identity. */
final class Rendered {

    private static final byte[] NO_BYTES = {};

    private final int status;
    private final List<Reply.Header> headers;
    private final @Nullable String mediaType;
    private final byte[] body;

    Rendered(int status, List<Reply.Header> headers, @Nullable String mediaType, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.mediaType = mediaType;
        this.body = body;
    }

    static Rendered empty(int status, List<Reply.Header> headers) {
        return new Rendered(status, headers, null, NO_BYTES);
    }

    int status() {
        return status;
    }

    List<Reply.Header> headers() {
        return headers;
    }

    /** Null where there is no body. */
    @Nullable
    String mediaType() {
        return mediaType;
    }

    byte[] body() {
        return body;
    }
}
