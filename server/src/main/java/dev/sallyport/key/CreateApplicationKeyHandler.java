package dev.sallyport.key;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code POST …/application_keys} */
final class CreateApplicationKeyHandler implements Handler {

    record Body(@Nullable Data data) {}

    record Data(@Nullable String type, @Nullable Attributes attributes) {}

    record Attributes(@Nullable String name, @Nullable JsonNode scopes) {}

    private final Family family;
    private final CreateApplicationKey createKey;
    private final ApplicationKeyJson json;

    CreateApplicationKeyHandler(Family family, CreateApplicationKey createKey, ApplicationKeyJson json) {
        this.family = family;
        this.createKey = createKey;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var parsed = parse(request.body(Body.class));
        var sight = family.sight(caller, request);
        if (sight.isEmpty()) {
            return KeyProblems.noServiceAccount();
        }
        return switch (createKey.create(caller, sight.get(), parsed)) {
            case CreateApplicationKey.Result.Created(var issued) -> json.created(issued);
            case CreateApplicationKey.Result.NoSuchOwner() -> KeyProblems.noServiceAccount();
            case CreateApplicationKey.Result.Refused(var refusal) -> KeyProblems.of(refusal);
        };
    }

    private static CreateApplicationKey.Request parse(Body body) {
        var data = Members.required(body.data(), "data");
        Members.requireType(data.type(), ApplicationKeyJson.TYPE);
        var attributes = Members.required(data.attributes(), "data.attributes");
        return new CreateApplicationKey.Request(
                Members.required(attributes.name(), "data.attributes.name"), Members.scopes(attributes.scopes()));
    }
}
