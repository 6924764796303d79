package dev.sallyport.token;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;

/**
 * {@code DELETE /api/v2/personal_access_tokens/{token_id}} and
 * {@code DELETE /api/v2/service_accounts/{service_account_id}/access_tokens/{token_id}}
 */
final class RevokeTokenHandler implements Handler {

    private final TokenFamily family;
    private final RevokeToken revokeToken;

    RevokeTokenHandler(TokenFamily family, RevokeToken revokeToken) {
        this.family = family;
        this.revokeToken = revokeToken;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var id = CredentialId.parse(request.pathParameter("token_id"));
        var path = TokenPath.of(family, request);
        if (id.isEmpty() || path.isEmpty()) {
            return TokenProblems.notFound(family);
        }
        return switch (revokeToken.revoke(caller, path.get(), id.get())) {
            case RevokeToken.Result.Revoked() -> Reply.noContent();
            case RevokeToken.Result.NotFound() -> TokenProblems.notFound(family);
        };
    }
}
