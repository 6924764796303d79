package dev.sallyport.token;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;

/** {@code GET /api/v2/personal_access_tokens/{token_id}} */
final class ReadTokenHandler implements Handler {

    private final ReadToken readToken;
    private final TokenJson json;

    ReadTokenHandler(ReadToken readToken, TokenJson json) {
        this.readToken = readToken;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return CredentialId.parse(request.pathParameter("token_id"))
                .flatMap(id -> readToken.read(caller, id))
                .<Response>map(json::one)
                .orElseGet(TokenProblems::notFound);
    }
}
