package dev.sallyport.key;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;

/** {@code GET /api/v2/api_keys} */
final class ListApiKeysHandler implements Handler {

    private final FindApiKeys findKeys;
    private final ApiKeyJson json;

    ListApiKeysHandler(FindApiKeys findKeys, ApiKeyJson json) {
        this.findKeys = findKeys;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var query = KeyQuery.ofApiKeys(request.query());
        return json.page(findKeys.list(caller, query), query.include());
    }
}
