package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;

/** {@code GET /api/v2/users/{user_id}/permissions}: what the user's roles give, and what everybody holds. */
final class ListUserPermissionsHandler implements Handler {

    private final FoundUsers users;
    private final VisiblePermissions permissions;

    ListUserPermissionsHandler(FoundUsers users, VisiblePermissions permissions) {
        this.users = users;
        this.permissions = permissions;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var organization = caller.organization().id();
        return users.find(caller, request)
                .<Response>map(found -> {
                    var held = permissions.heldBy(organization, found.user().roles(), found.roles());
                    return Reply.ok(new Document.Many(permissions.assignable(organization).stream()
                            .filter(held::holds)
                            .map(PermissionJson::of)
                            .toList()));
                })
                .orElseGet(UserProblems::notFound);
    }
}
