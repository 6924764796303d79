package dev.sallyport.token;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.http.Rfc3339;
import dev.sallyport.identity.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v2/personal_access_tokens} */
final class IssueTokenHandler implements Handler {

    record Body(@Nullable Data data) {}

    record Data(@Nullable String type, @Nullable Attributes attributes) {}

    record Attributes(
            @Nullable String name,
            @Nullable List<@Nullable String> scopes,
            @Nullable String expires_at) {}

    private final IssueToken issueToken;
    private final TokenJson json;

    IssueTokenHandler(IssueToken issueToken, TokenJson json) {
        this.issueToken = issueToken;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return switch (issueToken.issue(caller, parse(request.body(Body.class)))) {
            case IssueToken.Result.Issued(var issued) -> json.issued(issued);
            case IssueToken.Result.Refused(var refusal) -> TokenProblems.of(refusal);
        };
    }

    private static IssueToken.Request parse(Body body) {
        var data = Members.required(body.data(), "data");
        Members.requireType(data.type());
        var attributes = Members.required(data.attributes(), "data.attributes");
        var expiresAt = Rfc3339.parse(Members.required(attributes.expires_at(), "data.attributes.expires_at"))
                .orElseThrow(() -> new BadInput(
                        "invalid_expiry",
                        "The member 'data.attributes.expires_at' must be a date and time like 2027-01-31T12:00:00Z."));
        return new IssueToken.Request(
                Members.required(attributes.name(), "data.attributes.name"),
                Members.names(
                        Members.required(attributes.scopes(), "data.attributes.scopes"), "data.attributes.scopes"),
                expiresAt);
    }
}
