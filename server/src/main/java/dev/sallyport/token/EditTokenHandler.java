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

/**
 * {@code PATCH /api/v2/personal_access_tokens/{token_id}} and
 * {@code PATCH /api/v2/service_accounts/{service_account_id}/access_tokens/{token_id}}
 */
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

    private final TokenFamily family;
    private final EditToken editToken;
    private final TokenJson json;

    EditTokenHandler(TokenFamily family, EditToken editToken, TokenJson json) {
        this.family = family;
        this.editToken = editToken;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(Body.class);
        var id = CredentialId.parse(request.pathParameter("token_id"));
        var path = TokenPath.of(family, request);
        if (id.isEmpty() || path.isEmpty()) {
            return TokenProblems.notFound(family);
        }
        return switch (editToken.edit(caller, parse(path.get(), id.get(), body))) {
            case EditToken.Result.Edited(var token) -> json.one(token);
            case EditToken.Result.NotFound() -> TokenProblems.notFound(family);
            case EditToken.Result.Refused(var refusal) -> TokenProblems.of(refusal);
        };
    }

    private static EditToken.Request parse(TokenPath path, CredentialId id, Body body) {
        var data = Members.required(body.data(), "data");
        Members.requireType(path.family(), data.type());
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
        return new EditToken.Request(
                path, id, name, scopes == null ? null : Members.names(scopes, "data.attributes.scopes"));
    }
}
