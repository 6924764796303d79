package dev.sallyport.token;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;

/** {@code DELETE /api/v2/personal_access_tokens/{token_id}} */
final class RevokeTokenHandler implements Handler {

    private final RevokeToken revokeToken;

    RevokeTokenHandler(RevokeToken revokeToken) {
        this.revokeToken = revokeToken;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var id = CredentialId.parse(request.pathParameter("token_id"));
        if (id.isEmpty()) {
            return TokenProblems.notFound();
        }
        return switch (revokeToken.revoke(caller, id.get())) {
            case RevokeToken.Result.Revoked() -> Reply.noContent();
            case RevokeToken.Result.NotFound() -> TokenProblems.notFound();
        };
    }
}
