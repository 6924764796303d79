package dev.sallyport.key;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;

/** {@code DELETE /api/v2/api_keys/{api_key_id}} */
final class RevokeApiKeyHandler implements Handler {

    private final RevokeApiKey revokeKey;

    RevokeApiKeyHandler(RevokeApiKey revokeKey) {
        this.revokeKey = revokeKey;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var id = CredentialId.parse(request.pathParameter("api_key_id"));
        if (id.isEmpty()) {
            return KeyProblems.noApiKey();
        }
        return switch (revokeKey.revoke(caller, id.get())) {
            case RevokeApiKey.Result.Revoked() -> Reply.noContent();
            case RevokeApiKey.Result.NotFound() -> KeyProblems.noApiKey();
        };
    }
}
