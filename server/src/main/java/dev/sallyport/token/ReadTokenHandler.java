package dev.sallyport.token;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;

/**
 * {@code GET /api/v2/personal_access_tokens/{token_id}} and
 * {@code GET /api/v2/service_accounts/{service_account_id}/access_tokens/{token_id}}
 */
final class ReadTokenHandler implements Handler {

    private final TokenFamily family;
    private final ReadToken readToken;
    private final TokenJson json;

    ReadTokenHandler(TokenFamily family, ReadToken readToken, TokenJson json) {
        this.family = family;
        this.readToken = readToken;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var path = TokenPath.of(family, request);
        return CredentialId.parse(request.pathParameter("token_id"))
                .flatMap(id -> path.flatMap(known -> readToken.read(caller, known, id)))
                .<Response>map(json::one)
                .orElseGet(() -> TokenProblems.notFound(family));
    }
}
