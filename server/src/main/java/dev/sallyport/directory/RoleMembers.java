package dev.sallyport.directory;

import dev.sallyport.http.Reply;
import dev.sallyport.http.Response;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.util.Optional;

/** Who has a role, as it is answered. */
final class RoleMembers {

    private final Database database;
    private final RoleStore roles;
    private final PrincipalStore users;

    RoleMembers(Database database, RoleStore roles, PrincipalStore users) {
        this.database = database;
        this.roles = roles;
        this.users = users;
    }

    Response answer(OrganizationId organization, RoleId id, ListQuery query) {
        return database.reading(transaction -> list(transaction, organization, id, query))
                .<Response>map(Reply::ok)
                .orElseGet(DirectoryProblems::roleNotFound);
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
