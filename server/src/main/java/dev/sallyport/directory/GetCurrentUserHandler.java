package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Organization;
import dev.sallyport.sql.Database;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** {@code GET /api/v2/current_user} */
final class GetCurrentUserHandler implements Handler {

    private final Database database;
    private final PrincipalStore users;
    private final RoleStore roles;
    private final VisiblePermissions permissions;

    GetCurrentUserHandler(Database database, PrincipalStore users, RoleStore roles, VisiblePermissions permissions) {
        this.database = database;
        this.users = users;
        this.roles = roles;
        this.permissions = permissions;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var organization = caller.organization();
        return database.reading(transaction -> {
            var fact = users.find(
                    transaction, organization.id(), caller.principal().id());
            var all = roles.all(transaction, organization.id());
            return fact.<Response>map(found -> Reply.ok(
                            new Document.Compound(UserJson.of(found, all), included(organization, found, all))))
                    .orElseGet(() -> Problem.notFound("User not found"));
        });
    }

    private List<Object> included(Organization organization, PrincipalFact fact, List<Role> all) {
        var included = new ArrayList<Object>();
        var held = new LinkedHashSet<PermissionJson>();
        for (var role : all) {
            if (fact.roles().contains(role.id())) {
                var holds = permissions.of(organization.id(), role);
                included.add(RoleJson.of(role, holds));
                holds.forEach(permission -> held.add(PermissionJson.of(permission)));
            }
        }
        included.add(OrganizationJson.of(organization));
        included.addAll(held);
        return included;
    }
}
