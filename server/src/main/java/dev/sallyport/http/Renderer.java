package dev.sallyport.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns answers into bytes, in the shape of the surface that was asked. */
final class Renderer {

    private static final String JSON = "application/json;charset=utf-8";

    /** RFC 9457 §3.1, with our word for the kind of problem beside it. */
    private record ProblemJson(String type, String title, int status, String detail, String code) {}

    private record ErrorsJson(List<String> errors) {}

    /** RFC 6749 §5.2. */
    private record OAuthErrorJson(String error, String error_description) {}

    private final Json json;

    Renderer(Json json) {
        this.json = json;
    }

    Rendered render(Response response, Surface surface) {
        return switch (response) {
            case Reply(var status, var headers, var body) ->
                switch (body) {
                    case Reply.Body.Empty _ -> Rendered.empty(status, headers);
                    case Reply.Body.Json(var value, var mediaType) ->
                        new Rendered(status, headers, mediaType == null ? JSON : mediaType, json.write(value));
                    case Reply.Body.Text(var text, var mediaType) ->
                        new Rendered(status, headers, withCharset(mediaType), text.getBytes(StandardCharsets.UTF_8));
                };
            case Problem problem -> problem(problem, surface);
        };
    }

    private Rendered problem(Problem problem, Surface surface) {
        var status = problem.status();
        return switch (surface) {
            case DATADOG ->
                new Rendered(status, problem.headers(), JSON, json.write(new ErrorsJson(List.of(problem.detail()))));
            case OAUTH -> {
                var body = new OAuthErrorJson(oauthError(status), problem.detail());
                yield new Rendered(status, problem.headers(), JSON, json.write(body));
            }
            case OWN, AUTHZEN -> {
                var body = new ProblemJson(
                        Problem.typeOf(status, problem.code()),
                        ReasonPhrase.of(status),
                        status,
                        problem.detail(),
                        problem.code());
                yield new Rendered(status, problem.headers(), "application/problem+json", json.write(body));
            }
        };
    }

    /** The words of RFC 6750 §3.1 for whoever calls with a token, and of RFC 6749 for everything else. */
    private static String oauthError(int status) {
        return switch (status) {
            case 401 -> "invalid_token";
            case 403 -> "insufficient_scope";
            case 429, 503 -> "temporarily_unavailable";
            default -> status < 500 ? "invalid_request" : "server_error";
        };
    }

    private static String withCharset(String mediaType) {
        return mediaType.startsWith("text/") && !mediaType.contains(";") ? mediaType + ";charset=utf-8" : mediaType;
    }
}
