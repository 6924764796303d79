package dev.sallyport.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer as it goes out. */
public record Reply(int status, List<Header> headers, Body body) implements Response {

    public record Header(String name, String value) {}

    /** What follows the headers. */
    public sealed interface Body {
        record Empty() implements Body {}

        /** Written as JSON; the media type is that of the route's surface unless one is given. */
        record Json(Object value, @Nullable String mediaType) implements Body {}

        record Text(String text, String mediaType) implements Body {}
    }

    public static Reply json(int status, Object value) {
        return new Reply(status, List.of(), new Body.Json(value, null));
    }

    public static Reply json(int status, String mediaType, Object value) {
        return new Reply(status, List.of(), new Body.Json(value, mediaType));
    }

    public static Reply ok(Object value) {
        return json(200, value);
    }

    public static Reply noContent() {
        return new Reply(204, List.of(), new Body.Empty());
    }

    public static Reply text(int status, String mediaType, String text) {
        return new Reply(status, List.of(), new Body.Text(text, mediaType));
    }

    public Reply with(String name, String value) {
        var more = new java.util.ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Reply(status, List.copyOf(more), body);
    }
}
