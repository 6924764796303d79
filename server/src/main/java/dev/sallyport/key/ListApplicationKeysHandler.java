package dev.sallyport.key;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;

/** {@code GET …/application_keys} */
final class ListApplicationKeysHandler implements Handler {

    private final Family family;
    private final FindApplicationKeys findKeys;
    private final ApplicationKeyJson json;

    ListApplicationKeysHandler(Family family, FindApplicationKeys findKeys, ApplicationKeyJson json) {
        this.family = family;
        this.findKeys = findKeys;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var query = KeyQuery.ofApplicationKeys(request.query());
        return family.sight(caller, request)
                .flatMap(sight -> findKeys.list(caller, sight, query))
                .<Response>map(page -> json.page(page, query.include()))
                .orElseGet(KeyProblems::noServiceAccount);
    }
}
