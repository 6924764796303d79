package dev.sallyport.key;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v2/api_keys} */
final class CreateApiKeyHandler implements Handler {

    record Body(@Nullable Data data) {}

    record Data(@Nullable String type, @Nullable ApiKeyAttributes attributes) {}

    private final CreateApiKey createKey;
    private final ApiKeyJson json;

    CreateApiKeyHandler(CreateApiKey createKey, ApiKeyJson json) {
        this.createKey = createKey;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return switch (createKey.create(caller, parse(request.body(Body.class)))) {
            case CreateApiKey.Result.Created(var key, var issued) -> json.created(key, issued);
            case CreateApiKey.Result.Refused(var refusal) -> KeyProblems.of(refusal);
        };
    }

    private static CreateApiKey.Request parse(Body body) {
        var data = Members.required(body.data(), "data");
        Members.requireType(data.type(), ApiKeyJson.TYPE);
        var attributes = Members.required(data.attributes(), "data.attributes");
        var category = attributes.checkedCategory();
        return new CreateApiKey.Request(
                Members.required(attributes.name(), "data.attributes.name"),
                category == null ? ApiKey.USUAL_CATEGORY : category,
                Boolean.TRUE.equals(attributes.remote_config_read_enabled()));
    }
}
