package dev.sallyport.key;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;

/** {@code DELETE …/application_keys/{app_key_id}} */
final class RevokeApplicationKeyHandler implements Handler {

    private final Family family;
    private final RevokeApplicationKey revokeKey;

    RevokeApplicationKeyHandler(Family family, RevokeApplicationKey revokeKey) {
        this.family = family;
        this.revokeKey = revokeKey;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var id = CredentialId.parse(request.pathParameter("app_key_id"));
        var sight = family.sight(caller, request);
        if (id.isEmpty() || sight.isEmpty()) {
            return KeyProblems.noApplicationKey();
        }
        return switch (revokeKey.revoke(caller, sight.get(), id.get())) {
            case RevokeApplicationKey.Result.Revoked() -> Reply.noContent();
            case RevokeApplicationKey.Result.NotFound() -> KeyProblems.noApplicationKey();
        };
    }
}
