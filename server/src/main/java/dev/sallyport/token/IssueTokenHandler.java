package dev.sallyport.token;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.http.Rfc3339;
import dev.sallyport.identity.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v2/personal_access_tokens} and
 * {@code POST /api/v2/service_accounts/{service_account_id}/access_tokens}
 */
final class IssueTokenHandler implements Handler {

    record Body(@Nullable Data data) {}

    record Data(@Nullable String type, @Nullable Attributes attributes) {}

    record Attributes(
            @Nullable String name,
            @Nullable List<@Nullable String> scopes,
            @Nullable String expires_at) {}

    private final TokenFamily family;
    private final IssueToken issueToken;
    private final TokenJson json;

    IssueTokenHandler(TokenFamily family, IssueToken issueToken, TokenJson json) {
        this.family = family;
        this.issueToken = issueToken;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var path = TokenPath.of(family, request);
        if (path.isEmpty()) {
            return TokenProblems.accountNotFound();
        }
        return switch (issueToken.issue(caller, parse(path.get(), request.body(Body.class)))) {
            case IssueToken.Result.Issued(var issued) -> json.issued(issued);
            case IssueToken.Result.UnknownAccount() -> TokenProblems.accountNotFound();
            case IssueToken.Result.Refused(var refusal) -> TokenProblems.of(refusal);
        };
    }

    private static IssueToken.Request parse(TokenPath path, Body body) {
        var data = Members.required(body.data(), "data");
        Members.requireType(path.family(), data.type());
        var attributes = Members.required(data.attributes(), "data.attributes");
        return new IssueToken.Request(
                path,
                Members.required(attributes.name(), "data.attributes.name"),
                Members.names(
                        Members.required(attributes.scopes(), "data.attributes.scopes"), "data.attributes.scopes"),
                expiresAt(attributes.expires_at()));
    }

    private static @Nullable Instant expiresAt(@Nullable String text) {
        return text == null
                ? null
                : Rfc3339.parse(text)
                        .orElseThrow(() -> new BadInput(
                                "invalid_expiry",
                                "The member 'data.attributes.expires_at' must be a date and time like"
                                        + " 2027-01-31T12:00:00Z."));
    }
}
