package dev.sallyport.key;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code PATCH …/application_keys/{app_key_id}} */
final class EditApplicationKeyHandler implements Handler {

    record Body(@Nullable Data data) {}

    record Data(
            @Nullable String id,
            @Nullable String type,
            @Nullable Attributes attributes) {}

    /** @param scopes null where the member is absent, a JSON null where it is null */
    record Attributes(@Nullable String name, @Nullable JsonNode scopes) {}

    private final Family family;
    private final EditApplicationKey editKey;
    private final ApplicationKeyJson json;

    EditApplicationKeyHandler(Family family, EditApplicationKey editKey, ApplicationKeyJson json) {
        this.family = family;
        this.editKey = editKey;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(Body.class);
        var id = CredentialId.parse(request.pathParameter("app_key_id"));
        var sight = family.sight(caller, request);
        if (id.isEmpty() || sight.isEmpty()) {
            return KeyProblems.noApplicationKey();
        }
        return switch (editKey.edit(caller, sight.get(), parse(id.get(), body))) {
            case EditApplicationKey.Result.Edited(var key) -> json.one(key);
            case EditApplicationKey.Result.NotFound() -> KeyProblems.noApplicationKey();
            case EditApplicationKey.Result.Refused(var refusal) -> KeyProblems.of(refusal);
        };
    }

    private static EditApplicationKey.Request parse(CredentialId id, Body body) {
        var data = Members.required(body.data(), "data");
        Members.requireType(data.type(), ApplicationKeyJson.TYPE);
        Members.requireId(data.id(), id.toString());
        var attributes = Members.required(data.attributes(), "data.attributes");
        var scopes = attributes.scopes();
        if (attributes.name() == null && scopes == null) {
            throw new BadInput("nothing_to_change", "Give a new 'name', new 'scopes', or both.");
        }
        return new EditApplicationKey.Request(
                id,
                attributes.name(),
                scopes == null ? null : new EditApplicationKey.NewScopes(Members.scopes(scopes)));
    }
}
