package dev.sallyport.directory;

import dev.sallyport.identity.Organization;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** One user on the wire, with what it refers to. */
final class UserDocument {

    private final VisiblePermissions permissions;

    UserDocument(VisiblePermissions permissions) {
        this.permissions = permissions;
    }

    /** With the user's roles, the organization, and what the roles hold. */
    Document.Compound of(Organization organization, PrincipalFact fact, List<Role> all) {
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
        return new Document.Compound(UserJson.of(fact, all), included);
    }
}
