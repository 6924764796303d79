package dev.sallyport.usage;

import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import java.util.List;

/** What a set of scopes costs: first how many there are, then how far they reach. */
final class ScopeCost {

    private static final long ONE_SCOPE = 1_000_000;

    private final Permissions permissions;

    ScopeCost(Permissions permissions) {
        this.permissions = permissions;
    }

    List<String> namesOf(Authority scopes) {
        return permissions.namesOf(scopes);
    }

    long of(Authority scopes) {
        return namesOf(scopes).stream()
                .mapToLong(name -> ONE_SCOPE + reach(permissions.require(name)))
                .sum();
    }

    /** Reading is less than writing, and what everybody holds is less than what administrators hold. */
    private static int reach(Permission permission) {
        var role = switch (permission.lowestRole()) {
            case READ_ONLY -> 0;
            case STANDARD -> 2;
            case ADMIN -> 4;
        };
        return role + (permission.type() == Permission.AccessType.READ ? 0 : 1);
    }
}
