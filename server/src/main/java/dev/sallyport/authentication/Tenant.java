package dev.sallyport.authentication;

import dev.sallyport.identity.Organization;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.ManagedRole;
import java.util.Map;
import java.util.Set;

/**
 * An organization as calls see it.
 *
 * @param everybody what every user holds
 * @param ownApis the permissions of the APIs that admit this organization alone
 * @param held what each managed role holds, with the permissions of the APIs that admit this organization
 */
record Tenant(Organization organization, Authority everybody, Authority ownApis, Map<ManagedRole, Authority> held) {

    Tenant {
        held = Map.copyOf(held);
    }

    Authority heldBy(Set<ManagedRole> roles) {
        var authority = everybody;
        for (var role : roles) {
            authority = authority.union(held.getOrDefault(role, Authority.NONE));
        }
        return authority;
    }
}
