package dev.sallyport.authentication;

import dev.sallyport.directory.RoleId;
import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.Organization;
import dev.sallyport.permission.Authority;
import java.util.Map;
import java.util.Set;

/**
 * An organization as calls see it.
 *
 * @param everybody what every principal holds
 * @param ownApis the permissions of the APIs that admit this organization alone
 * @param held what each role holds, with the permissions of the APIs that admit this organization
 * @param addresses where its calls may come from
 */
record Tenant(
        Organization organization,
        Authority everybody,
        Authority ownApis,
        Map<RoleId, Authority> held,
        AddressRanges addresses) {

    Tenant {
        held = Map.copyOf(held);
    }

    Authority heldBy(Set<RoleId> roles) {
        var authority = everybody;
        for (var role : roles) {
            authority = authority.union(held.getOrDefault(role, Authority.NONE));
        }
        return authority;
    }
}
