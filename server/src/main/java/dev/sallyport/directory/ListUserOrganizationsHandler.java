package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.Permission;
import java.util.List;

/**
 * {@code GET /api/v2/users/{user_id}/orgs}
 *
 * <p>Names the caller's organization and no other: that two users have one address does not prove that they are one person.
 */
final class ListUserOrganizationsHandler implements Handler {

    private final FoundUsers users;
    private final Permission readOthers;

    ListUserOrganizationsHandler(FoundUsers users, Permission readOthers) {
        this.users = users;
        this.readOthers = readOthers;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var found = users.find(caller, request);
        if (found.isEmpty()) {
            return UserProblems.notFound();
        }
        var user = found.get();
        if (!user.user().principal().id().equals(caller.principal().id())
                && !caller.authority().holds(readOthers)) {
            return Problem.forbidden("permission_missing", "Reading another user takes " + readOthers.name() + ".");
        }
        return Reply.ok(new Document.Compound(
                UserJson.of(user.user(), user.roles()), List.of(OrganizationJson.of(caller.organization()))));
    }
}
