package dev.sallyport.token;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code PATCH /api/v2/personal_access_tokens/{token_id}} */
final class EditTokenHandler implements Handler {

    record Body(@Nullable Data data) {}

    record Data(
            @Nullable String id,
            @Nullable String type,
            @Nullable Attributes attributes) {}

    record Attributes(
            @Nullable String name,
            @Nullable List<@Nullable String> scopes,
            @Nullable Object expires_at) {}

    private final EditToken editToken;
    private final TokenJson json;

    EditTokenHandler(EditToken editToken, TokenJson json) {
        this.editToken = editToken;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(Body.class);
        var id = CredentialId.parse(request.pathParameter("token_id"));
        if (id.isEmpty()) {
            return TokenProblems.notFound();
        }
        return switch (editToken.edit(caller, parse(id.get(), body))) {
            case EditToken.Result.Edited(var token) -> json.one(token);
            case EditToken.Result.NotFound() -> TokenProblems.notFound();
            case EditToken.Result.Refused(var refusal) -> TokenProblems.of(refusal);
        };
    }

    private static EditToken.Request parse(CredentialId id, Body body) {
        var data = Members.required(body.data(), "data");
        Members.requireType(data.type());
        if (!CredentialId.parse(Members.required(data.id(), "data.id")).equals(Optional.of(id))) {
            throw new BadInput("wrong_id", "The member 'data.id' must be the id in the path.");
        }
        var attributes = Members.required(data.attributes(), "data.attributes");
        // Whoever tries to bring the end forward must not believe that it worked.
        if (attributes.expires_at() != null) {
            throw new BadInput("expiry_is_fixed", "The expiry of a token cannot be changed. Revoke it instead.");
        }
        var name = attributes.name();
        var scopes = attributes.scopes();
        if (name == null && scopes == null) {
            throw new BadInput("nothing_to_change", "Give a new 'name', new 'scopes', or both.");
        }
        return new EditToken.Request(id, name, scopes == null ? null : Members.names(scopes, "data.attributes.scopes"));
    }
}
