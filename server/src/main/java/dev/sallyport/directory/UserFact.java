package dev.sallyport.directory;

import dev.sallyport.identity.User;
import dev.sallyport.permission.ManagedRole;
import java.util.Set;

/** A user and the roles it holds; a removed user holds none. */
public record UserFact(User user, Set<ManagedRole> roles) {
    public UserFact {
        roles = Set.copyOf(roles);
    }
}
