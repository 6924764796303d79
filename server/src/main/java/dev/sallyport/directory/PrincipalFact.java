package dev.sallyport.directory;

import dev.sallyport.identity.Principal;
import java.util.Set;

/** A principal and the roles it holds; a removed one holds none. */
public record PrincipalFact(Principal principal, Set<RoleId> roles) {
    public PrincipalFact {
        roles = Set.copyOf(roles);
    }
}
