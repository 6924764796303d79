package dev.sallyport.key;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;

/** {@code GET …/application_keys/{app_key_id}} */
final class ReadApplicationKeyHandler implements Handler {

    private final Family family;
    private final FindApplicationKeys findKeys;
    private final ApplicationKeyJson json;

    ReadApplicationKeyHandler(Family family, FindApplicationKeys findKeys, ApplicationKeyJson json) {
        this.family = family;
        this.findKeys = findKeys;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var include = KeyQuery.includeOfApplicationKeys(request.query());
        var id = CredentialId.parse(request.pathParameter("app_key_id"));
        return family.sight(caller, request)
                .flatMap(sight -> id.flatMap(key -> findKeys.find(caller, sight, key)))
                .<Response>map(page -> json.one(page, include))
                .orElseGet(KeyProblems::noApplicationKey);
    }
}
