package dev.sallyport.key;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;

/** {@code GET /api/v2/api_keys/{api_key_id}} */
final class ReadApiKeyHandler implements Handler {

    private final FindApiKeys findKeys;
    private final ApiKeyJson json;

    ReadApiKeyHandler(FindApiKeys findKeys, ApiKeyJson json) {
        this.findKeys = findKeys;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var include = KeyQuery.includeOfApiKeys(request.query());
        return CredentialId.parse(request.pathParameter("api_key_id"))
                .flatMap(id -> findKeys.find(caller, id, include))
                .<Response>map(page -> json.one(page, include))
                .orElseGet(KeyProblems::noApiKey);
    }
}
