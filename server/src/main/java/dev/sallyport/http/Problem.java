package dev.sallyport.http;

import java.util.List;

/**
 * A refusal, in the shape of its surface: {@code {"errors":[detail]}} under {@code /api/}, RFC 6749 §5.2 under
 * {@code /oauth2/}, RFC 9457 elsewhere.
 *
 * @param code a word that never changes
 * @param detail for people: what is wrong and what to do next; never anything of the inside
 */
public record Problem(int status, String code, String detail, List<Reply.Header> headers) implements Response {

    public Problem(int status, String code, String detail) {
        this(status, code, detail, List.of());
    }

    public static Problem badRequest(String code, String detail) {
        return new Problem(400, code, detail);
    }

    public static Problem forbidden(String code, String detail) {
        return new Problem(403, code, detail);
    }

    public static Problem notFound(String detail) {
        return new Problem(404, "not_found", detail);
    }

    public static Problem conflict(String code, String detail) {
        return new Problem(409, code, detail);
    }

    /** Which kind of problem, as RFC 9457 §3.1.1 wants it said: one that is registered, or one of ours. */
    public static String typeOf(int status, String code) {
        return status == 429
                ? "https://iana.org/assignments/http-problem-types#quota-exceeded"
                : "urn:sallyport:problem:" + code;
    }

    public Problem with(String name, String value) {
        var more = new java.util.ArrayList<>(headers);
        more.add(new Reply.Header(name, value));
        return new Problem(status, code, detail, List.copyOf(more));
    }
}
