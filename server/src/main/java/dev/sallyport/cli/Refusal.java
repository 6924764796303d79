package dev.sallyport.cli;

import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Turns an answer that is not a success into what the user reads. */
final class Refusal {

    private static final int LONGEST_DETAIL = 4_000;

    private Refusal() {}

    static Failure of(int status, byte[] body) {
        var detail = Json.parse(body).map(Refusal::detail).orElse("");
        var exitCode = exitCode(status);
        return new Failure(
                exitCode,
                said(detail, status) + advice(exitCode).map(" "::concat).orElse(""));
    }

    private static ExitCode exitCode(int status) {
        return switch (status) {
            case 401 -> ExitCode.UNAUTHENTICATED;
            case 403 -> ExitCode.FORBIDDEN;
            case 404 -> ExitCode.NOT_FOUND;
            case 400, 409, 413, 415, 422 -> ExitCode.BAD_INPUT;
            case 429 -> ExitCode.UNAVAILABLE;
            default -> status >= 500 ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
        };
    }

    private static String said(String detail, int status) {
        return detail.isBlank()
                ? "The server answered " + status + "."
                : Text.shortened(detail, LONGEST_DETAIL) + " (" + status + ")";
    }

    private static Optional<String> advice(ExitCode exitCode) {
        return switch (exitCode) {
            case UNAUTHENTICATED ->
                Optional.of("Set SALLYPORT_TOKEN or --token-file to a token that is neither expired nor revoked.");
            case FORBIDDEN -> Optional.of("Use a token with that permission, or ask an administrator for it.");
            case NOT_FOUND -> Optional.of("Check the id; the list command shows those that you can see.");
            case BAD_INPUT -> Optional.of("Correct it and try again.");
            case UNAVAILABLE -> Optional.of("Try again in a moment; if it stays so, look at the server's log.");
            case FAILED -> Optional.of("Is it a Sallyport server? Check --url and --doors.");
            case DONE, USAGE, DENIED, FOUND -> Optional.empty();
        };
    }

    /** {@code {"errors":[…]}} with texts or JSON:API objects, or a problem of RFC 9457. */
    private static String detail(JsonNode body) {
        var errors = Json.items(body.path("errors"));
        if (errors.isEmpty()) {
            return either(Json.text(body, "detail"), Json.text(body, "title"));
        }
        return errors.stream()
                .map(error -> error.isObject()
                        ? either(Json.text(error, "detail"), Json.text(error, "title"))
                        : either(Json.text(error), ""))
                .collect(Collectors.joining("; "));
    }

    private static String either(String first, String second) {
        // A refused document comes with one line for each of its problems.
        return (first.isBlank() ? second : first).lines().map(Text::clean).collect(Collectors.joining("\n  "));
    }
}
