package dev.sallyport.console;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.OpenHandler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.http.Rfc3339;
import dev.sallyport.identity.Origin;
import dev.sallyport.token.Redemption;
import java.util.Arrays;
import java.util.Objects;

/**
 * {@code POST} to where a link leads: a page for a browser, JSON for anything else.
 *
 * <p>There is no guard against a forged form of another site: whoever can make one knows the code, and who knows the code
 * needs nobody's browser.
 */
final class RedeemLinkHandler implements OpenHandler {

    /** The names are those that 'sallyport init' prints as well. */
    record RedeemedJson(String personal_access_token, String id, String expires_at) {
        @Override
        public String toString() {
            return "RedeemedJson(" + id + ")";
        }
    }

    record CameInJson(String note) {}

    private static final String WITHOUT_TOKEN =
            "You are a member of the organization now. Its rules allow you no personal access token: ask an administrator how to go on.";

    private final LinkKind kind;
    private final OneTimeLinks links;
    private final LinkPages pages;

    RedeemLinkHandler(LinkKind kind, OneTimeLinks links, LinkPages pages) {
        this.kind = kind;
        this.links = links;
        this.pages = pages;
    }

    @Override
    public Response handle(Request request) {
        var code = request.form()
                .one("code")
                .orElseThrow(() -> new BadInput("missing_parameter", "The form has no field 'code'."));
        var redemption = links.redeem(code.strip(), new Origin(request.clientAddress(), ""));
        return wantsPage(request.header("Accept")) ? page(redemption) : json(redemption);
    }

    private static boolean wantsPage(String accept) {
        return Arrays.stream(accept.split(","))
                .map(range -> range.split(";", 2)[0].strip())
                .anyMatch("text/html"::equalsIgnoreCase);
    }

    private Response page(Redemption redemption) {
        return switch (redemption) {
            case Redemption.Redeemed(var token, var secret) ->
                pages.issued(secret.reveal(), token.id().toString(), end(token));
            case Redemption.WithoutToken _ -> pages.cameIn(WITHOUT_TOKEN);
            case Redemption.Refused _ -> pages.refused(kind.refused());
        };
    }

    private Response json(Redemption redemption) {
        return switch (redemption) {
            case Redemption.Redeemed(var token, var secret) ->
                Reply.ok(new RedeemedJson(secret.reveal(), token.id().toString(), end(token)))
                        .with("Cache-Control", "no-store");
            case Redemption.WithoutToken _ ->
                Reply.ok(new CameInJson(WITHOUT_TOKEN)).with("Cache-Control", "no-store");
            case Redemption.Refused _ ->
                new Problem(404, kind.refusalCode(), kind.refused()).with("Cache-Control", "no-store");
        };
    }

    /** A personal access token has an end. */
    private static String end(StoredCredential token) {
        return Rfc3339.format(Objects.requireNonNull(token.expiresAt()));
    }
}
