package dev.sallyport.leak;

import dev.sallyport.http.OpenHandler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Origin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** {@code POST /sallyport/v1/leaks/github}: the endpoint of GitHub's secret scanning partner protocol. */
final class ReportLeaksHandler implements OpenHandler {

    private static final Pattern KEY_IDENTIFIER = Pattern.compile("[0-9A-Za-z_-]{1,128}");

    record VerdictJson(String tokenHash, String tokenType, String label) {}

    private final GithubKeys keys;
    private final ReportLeaks reportLeaks;

    ReportLeaksHandler(GithubKeys keys, ReportLeaks reportLeaks) {
        this.keys = keys;
        this.reportLeaks = reportLeaks;
    }

    @Override
    public Response handle(Request request) {
        var identifier = request.header("GITHUB-PUBLIC-KEY-IDENTIFIER");
        if (!KEY_IDENTIFIER.matcher(identifier).matches()) {
            return unsigned();
        }
        return switch (keys.key(identifier)) {
            case GithubKeys.Answer.Found(var key) -> {
                var body = request.bytes();
                yield GithubSignature.isOf(body, key, request.header("GITHUB-PUBLIC-KEY-SIGNATURE"))
                        ? answer(body, new Origin(request.clientAddress(), ""))
                        : unsigned();
            }
            case GithubKeys.Answer.Unknown _ -> unsigned();
            case GithubKeys.Answer.Unreachable _ ->
                new Problem(503, "keys_unreachable", "The keys of GitHub cannot be read now; try again in a minute.")
                        .with("Retry-After", "60");
        };
    }

    private Response answer(byte[] body, Origin origin) {
        return Reply.ok(reportLeaks.report(LeakReport.parse(body), origin).stream()
                .map(ReportLeaksHandler::json)
                .toList());
    }

    private static VerdictJson json(ReportLeaks.Verdict verdict) {
        return new VerdictJson(
                hash(verdict.item().token()),
                verdict.item().type(),
                verdict.isOurs() ? "true_positive" : "false_positive");
    }

    private static String hash(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** One answer for every cause. */
    private static Problem unsigned() {
        return Problem.forbidden(
                "invalid_signature", "The body is not signed with a key that GitHub publishes for secret scanning.");
    }
}
