package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.sql.Database;
import java.util.Comparator;

/** {@code GET /api/v2/roles} */
final class ListRolesHandler implements Handler {

    private static final Comparator<Role> BY_NAME = Comparator.comparing(role -> DisplayName.folded(role.name()));

    private final Database database;
    private final RoleStore roles;
    private final VisiblePermissions permissions;

    ListRolesHandler(Database database, RoleStore roles, VisiblePermissions permissions) {
        this.database = database;
        this.roles = roles;
        this.permissions = permissions;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var query = ListQuery.ofRoles(request.query());
        var organization = caller.organization().id();
        var all = database.reading(transaction -> roles.all(transaction, organization));
        var filtered = all.stream().filter(role -> isWanted(role, query)).toList();
        var page = filtered.stream()
                .sorted(order(query))
                .skip(query.offset())
                .limit(query.size())
                .map(role -> RoleJson.of(role, permissions.of(organization, role)))
                .toList();
        return Reply.ok(new Document.Paged(page, Document.Meta.of(all.size(), filtered.size())));
    }

    private static boolean isWanted(Role role, ListQuery query) {
        return DisplayName.folded(role.name()).contains(query.filter())
                && query.ids().map(ids -> ids.contains(role.id().value())).orElse(true);
    }

    private static Comparator<Role> order(ListQuery query) {
        var order = switch (query.sortedBy()) {
            case "name" -> BY_NAME;
            case "modified_at" -> Comparator.comparing(Role::modifiedAt);
            case "user_count" -> Comparator.comparingLong(Role::users);
            default -> throw new IllegalStateException("no order was written for " + query.sortedBy());
        };
        // Equal ones keep one order, or pages would repeat and miss some.
        return (query.isDescending() ? order.reversed() : order).thenComparing(BY_NAME);
    }
}
