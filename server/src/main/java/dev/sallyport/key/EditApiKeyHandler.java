package dev.sallyport.key;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import org.jspecify.annotations.Nullable;

/** {@code PATCH /api/v2/api_keys/{api_key_id}} */
final class EditApiKeyHandler implements Handler {

    record Body(@Nullable Data data) {}

    record Data(
            @Nullable String id,
            @Nullable String type,
            @Nullable ApiKeyAttributes attributes) {}

    private final EditApiKey editKey;
    private final ApiKeyJson json;

    EditApiKeyHandler(EditApiKey editKey, ApiKeyJson json) {
        this.editKey = editKey;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(Body.class);
        var id = CredentialId.parse(request.pathParameter("api_key_id"));
        if (id.isEmpty()) {
            return KeyProblems.noApiKey();
        }
        return switch (editKey.edit(caller, parse(id.get(), body))) {
            case EditApiKey.Result.Edited(var key) -> json.one(key);
            case EditApiKey.Result.NotFound() -> KeyProblems.noApiKey();
            case EditApiKey.Result.Refused(var refusal) -> KeyProblems.of(refusal);
        };
    }

    private static EditApiKey.Request parse(CredentialId id, Body body) {
        var data = Members.required(body.data(), "data");
        Members.requireType(data.type(), ApiKeyJson.TYPE);
        Members.requireId(data.id(), id.toString());
        var attributes = Members.required(data.attributes(), "data.attributes");
        var category = attributes.checkedCategory();
        var isReading = attributes.remote_config_read_enabled();
        if (attributes.name() == null && category == null && isReading == null) {
            throw new BadInput("nothing_to_change", "Give a new 'name', 'category' or 'remote_config_read_enabled'.");
        }
        return new EditApiKey.Request(id, attributes.name(), category, isReading);
    }
}
