package dev.sallyport.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A request whose body is here. Nothing of it is parsed before a handler asks. */
final class ReceivedRequest implements Request {

    private static final List<String> JSON = List.of("application/json", "application/vnd.api+json");
    private static final List<String> FORM = List.of("application/x-www-form-urlencoded");

    private final Method method;
    private final Exchange exchange;
    private final String rawQuery;
    private final byte[] sent;
    private final Json json;
    private final int bodyBytes;
    private @Nullable Query query;

    ReceivedRequest(Method method, Exchange exchange, String rawQuery, byte[] sent, Json json, int bodyBytes) {
        this.method = method;
        this.exchange = exchange;
        this.rawQuery = rawQuery;
        this.sent = sent;
        this.json = json;
        this.bodyBytes = bodyBytes;
    }

    @Override
    public Method method() {
        return method;
    }

    @Override
    public String path() {
        return exchange.path();
    }

    @Override
    public String pathParameter(String name) {
        return exchange.pathParameter(name);
    }

    @Override
    public Query query() {
        var parsed = query;
        if (parsed == null) {
            parsed = Query.parse(rawQuery);
            query = parsed;
        }
        return parsed;
    }

    @Override
    public String header(String name) {
        var value = exchange.header(name);
        return value == null ? "" : value;
    }

    @Override
    public String clientAddress() {
        return exchange.clientAddress();
    }

    @Override
    public <T> T body(Class<T> type) {
        if (sent.length == 0) {
            throw new BadInput("missing_body", "The request needs a body in JSON.");
        }
        var surface = Surface.of(path());
        if (surface == Surface.AUTHZEN && !mediaType().equals("application/json")) {
            throw new BadInput("unsupported_media_type", "The Content-Type of the body must be application/json.");
        }
        requireMediaType(JSON);
        return json.read(text(), type, surface);
    }

    @Override
    public Query form() {
        if (sent.length == 0) {
            return Query.EMPTY;
        }
        requireMediaType(FORM);
        return Query.parse(text());
    }

    @Override
    public byte[] bytes() {
        return sent.clone();
    }

    /** Without parameters, in lower case; empty where there is not one. */
    private String mediaType() {
        var types = exchange.headers("Content-Type");
        var type = types.size() == 1 ? types.getFirst() : "";
        var end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private void requireMediaType(List<String> accepted) {
        if (!accepted.contains(mediaType())) {
            throw unsupported("The Content-Type of the body must be " + String.join(" or ", accepted) + ".");
        }
    }

    private String text() {
        return Utf8.decode(ByteBuffer.wrap(unpacked()))
                .orElseThrow(() -> new BadInput("invalid_utf8", "The body is not UTF-8."));
    }

    private byte[] unpacked() {
        var encodings = exchange.headers("Content-Encoding");
        if (encodings.isEmpty()) {
            return sent;
        }
        if (encodings.size() > 1 || !encodings.getFirst().strip().equalsIgnoreCase("gzip")) {
            throw unsupported("The Content-Encoding of the body must be gzip, or absent.");
        }
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(sent))) {
            var bytes = gzip.readNBytes(bodyBytes + 1);
            if (bytes.length > bodyBytes) {
                throw new BadInput(tooLarge(bodyBytes));
            }
            return bytes;
        } catch (IOException _) {
            throw new BadInput("invalid_encoding", "The body is not in the gzip format.");
        }
    }

    private static BadInput unsupported(String detail) {
        return new BadInput(new Problem(415, "unsupported_media_type", detail));
    }

    static Problem tooLarge(int bodyBytes) {
        return new Problem(413, "body_too_large", "The body is over the limit of " + bodyBytes + " bytes.");
    }
}
