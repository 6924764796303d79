package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;

/** {@code GET /api/v2/roles/{role_id}/users} */
final class ListRoleUsersHandler implements Handler {

    private final RoleMembers members;

    ListRoleUsersHandler(RoleMembers members) {
        this.members = members;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var query = ListQuery.ofUsers(request.query());
        return RoleId.parse(request.pathParameter("role_id"))
                .map(id -> members.answer(caller.organization().id(), id, query))
                .orElseGet(DirectoryProblems::roleNotFound);
    }
}
