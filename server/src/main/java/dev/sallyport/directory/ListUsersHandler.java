package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;

/** {@code GET /api/v2/users} */
final class ListUsersHandler implements Handler {

    private final Database database;
    private final UserListStore users;
    private final RoleStore roles;

    ListUsersHandler(Database database, UserListStore users, RoleStore roles) {
        this.database = database;
        this.users = users;
        this.roles = roles;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var query = UserListQuery.parse(request.query());
        var organization = caller.organization().id();
        return Reply.ok(database.reading(transaction -> {
            var all = roles.all(transaction, organization);
            var page = users.list(transaction, organization, query).stream()
                    .map(fact -> UserJson.of(fact, all))
                    .toList();
            return new Document.Paged(
                    page,
                    Document.Meta.of(
                            users.count(transaction, organization), users.count(transaction, organization, query)));
        }));
    }
}
