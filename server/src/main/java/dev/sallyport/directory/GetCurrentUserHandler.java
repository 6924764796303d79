package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;

/** {@code GET /api/v2/current_user} */
final class GetCurrentUserHandler implements Handler {

    private final Database database;
    private final PrincipalStore users;
    private final RoleStore roles;
    private final UserDocument document;

    GetCurrentUserHandler(Database database, PrincipalStore users, RoleStore roles, UserDocument document) {
        this.database = database;
        this.users = users;
        this.roles = roles;
        this.document = document;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var organization = caller.organization();
        return database.reading(transaction -> users.find(
                        transaction, organization.id(), caller.principal().id())
                .<Response>map(
                        found -> Reply.ok(document.of(organization, found, roles.all(transaction, organization.id()))))
                .orElseGet(UserProblems::notFound));
    }
}
