package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.PrincipalId;

/** {@code POST} and {@code DELETE /api/v2/roles/{role_id}/users} */
final class ChangeRoleMemberHandler implements Handler {

    private final ChangeRoleMember changeRoleMember;
    private final ChangeRoleMember.Direction direction;
    private final RoleMembers members;

    ChangeRoleMemberHandler(
            ChangeRoleMember changeRoleMember, ChangeRoleMember.Direction direction, RoleMembers members) {
        this.changeRoleMember = changeRoleMember;
        this.direction = direction;
        this.members = members;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var member = new PrincipalId(Sent.id(request.body(Sent.ToOne.class).data(), UserJson.TYPE, "data"));
        var role = RoleId.parse(request.pathParameter("role_id"));
        if (role.isEmpty()) {
            return DirectoryProblems.roleNotFound();
        }
        var wanted = new ChangeRoleMember.Request(direction, role.get(), member);
        return switch (changeRoleMember.change(caller, wanted)) {
            case ChangeRoleMember.Result.Changed() ->
                members.answer(caller.organization().id(), role.get(), ListQuery.LONGEST);
            case ChangeRoleMember.Result.UnknownRole() -> DirectoryProblems.roleNotFound();
            case ChangeRoleMember.Result.UnknownUser() -> DirectoryProblems.userNotFound();
            case ChangeRoleMember.Result.LastAdministrator() -> DirectoryProblems.lastAdministrator();
            case ChangeRoleMember.Result.Denied(var denial) -> DirectoryProblems.of(denial);
        };
    }
}
