package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.util.Optional;

/** {@code GET /api/v2/roles/{role_id}/users} */
final class ListRoleUsersHandler implements Handler {

    private final Database database;
    private final RoleStore roles;
    private final PrincipalStore users;

    ListRoleUsersHandler(Database database, RoleStore roles, PrincipalStore users) {
        this.database = database;
        this.roles = roles;
        this.users = users;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var query = ListQuery.ofUsers(request.query());
        var organization = caller.organization().id();
        return RoleId.parse(request.pathParameter("role_id"))
                .flatMap(id -> database.reading(transaction -> list(transaction, organization, id, query)))
                .<Response>map(Reply::ok)
                .orElseGet(() -> Problem.notFound("Role not found"));
    }

    private Optional<Document> list(Transaction transaction, OrganizationId organization, RoleId id, ListQuery query) {
        var all = roles.all(transaction, organization);
        return all.stream().filter(role -> role.id().equals(id)).findFirst().map(role -> {
            var page = users.holding(transaction, organization, id, query).stream()
                    .map(fact -> UserJson.of(fact, all))
                    .toList();
            var filtered = users.countHolding(transaction, organization, id, query.filter());
            return new Document.Paged(page, Document.Meta.of(role.users(), filtered));
        });
    }
}
