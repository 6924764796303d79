package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;

/** {@code POST} and {@code DELETE /api/v2/roles/{role_id}/permissions} */
final class ChangeRolePermissionHandler implements Handler {

    private final ChangeRolePermission changeRolePermission;
    private final ChangeRolePermission.Direction direction;
    private final RoleAnswers answers;

    ChangeRolePermissionHandler(
            ChangeRolePermission changeRolePermission, ChangeRolePermission.Direction direction, RoleAnswers answers) {
        this.changeRolePermission = changeRolePermission;
        this.direction = direction;
        this.answers = answers;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var permission = Sent.id(request.body(Sent.ToOne.class).data(), PermissionJson.TYPE, "data");
        var role = RoleId.parse(request.pathParameter("role_id"));
        if (role.isEmpty()) {
            return DirectoryProblems.roleNotFound();
        }
        var wanted = new ChangeRolePermission.Request(direction, role.get(), permission);
        return switch (changeRolePermission.change(caller, wanted)) {
            case ChangeRolePermission.Result.Changed(var changed) ->
                answers.permissions(caller.organization().id(), changed);
            case ChangeRolePermission.Result.UnknownRole() -> DirectoryProblems.roleNotFound();
            case ChangeRolePermission.Result.UnknownPermission() -> DirectoryProblems.permissionNotFound();
            case ChangeRolePermission.Result.Restricted() ->
                Problem.badRequest(
                        "restricted_permission", "Everybody holds this permission; it is neither added nor removed.");
            case ChangeRolePermission.Result.Managed() -> DirectoryProblems.managedRole();
            case ChangeRolePermission.Result.Denied(var denial) -> DirectoryProblems.of(denial);
        };
    }
}
