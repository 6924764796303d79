package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;

/** {@code DELETE /api/v2/roles/{role_id}} */
final class DeleteRoleHandler implements Handler {

    private final DeleteRole deleteRole;

    DeleteRoleHandler(DeleteRole deleteRole) {
        this.deleteRole = deleteRole;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var id = RoleId.parse(request.pathParameter("role_id"));
        if (id.isEmpty()) {
            return DirectoryProblems.roleNotFound();
        }
        return switch (deleteRole.delete(caller, id.get())) {
            case DeleteRole.Result.Deleted() -> Reply.noContent();
            case DeleteRole.Result.UnknownRole() -> DirectoryProblems.roleNotFound();
            case DeleteRole.Result.Managed() -> DirectoryProblems.managedRole();
            case DeleteRole.Result.Denied(var denial) -> DirectoryProblems.of(denial);
        };
    }
}
