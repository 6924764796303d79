package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;

/** {@code GET /api/v2/roles/{role_id}/permissions} */
final class ListRolePermissionsHandler implements Handler {

    private final Database database;
    private final RoleStore roles;
    private final RoleAnswers answers;

    ListRolePermissionsHandler(Database database, RoleStore roles, RoleAnswers answers) {
        this.database = database;
        this.roles = roles;
        this.answers = answers;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var organization = caller.organization().id();
        return RoleId.parse(request.pathParameter("role_id"))
                .flatMap(id -> database.reading(transaction -> roles.find(transaction, organization, id)))
                .<Response>map(role -> answers.permissions(organization, role))
                .orElseGet(DirectoryProblems::roleNotFound);
    }
}
