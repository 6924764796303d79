package dev.sallyport.directory;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import java.util.Set;

/** {@code GET /api/v2/permissions} */
final class ListPermissionsHandler implements Handler {

    private static final String INCLUDE_SCOPES = "include_scopes";

    private final VisiblePermissions permissions;

    ListPermissionsHandler(VisiblePermissions permissions) {
        this.permissions = permissions;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        ListQuery.refuseOthers(request.query(), Set.of(INCLUDE_SCOPES));
        var organization = caller.organization().id();
        var listed = switch (request.query().one(INCLUDE_SCOPES).orElse("false")) {
            case "true" -> permissions.withScopes(organization);
            case "false" -> permissions.assignable(organization);
            default -> throw new BadInput("invalid_parameter", "The parameter 'include_scopes' must be true or false.");
        };
        return Reply.ok(
                new Document.Many(listed.stream().map(PermissionJson::of).toList()));
    }
}
