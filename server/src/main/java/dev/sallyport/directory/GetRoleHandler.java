package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;

/** {@code GET /api/v2/roles/{role_id}} */
final class GetRoleHandler implements Handler {

    private final Database database;
    private final RoleStore roles;
    private final VisiblePermissions permissions;

    GetRoleHandler(Database database, RoleStore roles, VisiblePermissions permissions) {
        this.database = database;
        this.roles = roles;
        this.permissions = permissions;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var organization = caller.organization().id();
        return RoleId.parse(request.pathParameter("role_id"))
                .flatMap(id -> database.reading(transaction -> roles.find(transaction, organization, id)))
                .<Response>map(
                        role -> Reply.ok(new Document.One(RoleJson.of(role, permissions.of(organization, role)))))
                .orElseGet(() -> Problem.notFound("Role not found"));
    }
}
