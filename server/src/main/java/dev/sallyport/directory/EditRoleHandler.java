package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import org.jspecify.annotations.Nullable;

/** {@code PATCH /api/v2/roles/{role_id}} */
final class EditRoleHandler implements Handler {

    record Body(@Nullable Data data) {}

    record Data(
            @Nullable String id,
            @Nullable String type,
            @Nullable Attributes attributes,
            @Nullable Relationships relationships) {}

    record Attributes(@Nullable String name) {}

    record Relationships(Sent.@Nullable ToMany permissions) {}

    private static final String WRONG_ID = "The id attribute in the request body does not match the role_id in the URL";

    private final EditRole editRole;
    private final RoleAnswers answers;

    EditRoleHandler(EditRole editRole, RoleAnswers answers) {
        this.editRole = editRole;
        this.answers = answers;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(Body.class);
        var id = RoleId.parse(request.pathParameter("role_id"));
        if (id.isEmpty()) {
            return DirectoryProblems.roleNotFound();
        }
        return switch (editRole.edit(caller, parse(id.get(), body))) {
            case EditRole.Result.Edited(var role) ->
                answers.role(caller.organization().id(), role);
            case EditRole.Result.UnknownRole() -> DirectoryProblems.roleNotFound();
            case EditRole.Result.UnknownPermission() -> DirectoryProblems.unknownPermission();
            case EditRole.Result.Managed() -> DirectoryProblems.managedRole();
            case EditRole.Result.NameRefused(var problem) -> Problem.badRequest("invalid_name", problem);
            case EditRole.Result.NameTaken() -> DirectoryProblems.roleNameTaken();
            case EditRole.Result.Denied(var denial) -> DirectoryProblems.of(denial);
        };
    }

    private static EditRole.Request parse(RoleId id, Body body) {
        var data = Sent.required(body.data(), "data");
        Sent.requireType(data.type(), RoleJson.TYPE);
        Sent.requireId(data.id(), id.value(), WRONG_ID);
        var attributes = data.attributes();
        var relationships = data.relationships();
        var permissions = relationships == null ? null : relationships.permissions();
        return new EditRole.Request(
                id,
                attributes == null ? null : attributes.name(),
                permissions == null
                        ? null
                        : Sent.ids(permissions, PermissionJson.TYPE, "data.relationships.permissions"));
    }
}
