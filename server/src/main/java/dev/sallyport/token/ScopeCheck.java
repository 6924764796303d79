package dev.sallyport.token;

import dev.sallyport.identity.Caller;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** Which scopes a caller may put on a token. */
final class ScopeCheck {

    sealed interface Checked {
        /** @param names sorted, each once */
        record Passed(List<String> names) implements Checked {}

        record Failed(Refusal refusal) implements Checked {}
    }

    private final Permissions permissions;
    private final BiPredicate<OrganizationId, Permission> visible;
    private final int mostScopes;

    ScopeCheck(Permissions permissions, BiPredicate<OrganizationId, Permission> visible, int mostScopes) {
        this.permissions = permissions;
        this.visible = visible;
        this.mostScopes = mostScopes;
    }

    Checked check(Caller caller, List<String> names) {
        if (names.isEmpty()) {
            return new Checked.Failed(new Refusal.NoScopes());
        }
        if (names.size() > mostScopes) {
            return new Checked.Failed(new Refusal.TooManyScopes(mostScopes));
        }
        var known = new ArrayList<Permission>();
        var unknown = new TreeSet<String>();
        for (var name : names) {
            permissions
                    .named(name)
                    .filter(permission -> isCarried(caller.organization().id(), permission))
                    .ifPresentOrElse(known::add, () -> unknown.add(name));
        }
        if (!unknown.isEmpty()) {
            return new Checked.Failed(new Refusal.UnknownScopes(List.copyOf(unknown)));
        }
        var scopes = Authority.of(known);
        var missing = scopes.minus(caller.authority());
        return missing.isEmpty()
                ? new Checked.Passed(permissions.namesOf(scopes))
                : new Checked.Failed(new Refusal.ScopesNotHeld(permissions.namesOf(missing)));
    }

    /** Stored names that this authority does not hold; one that means nothing any more is held by nobody. */
    List<String> beyond(Authority authority, Collection<String> names) {
        return names.stream()
                .filter(name -> permissions.named(name).filter(authority::holds).isEmpty())
                .toList();
    }

    /** Every scope that a token of this organization may carry. */
    Authority all(OrganizationId organization) {
        return permissions.matching(permission -> isCarried(organization, permission));
    }

    private boolean isCarried(OrganizationId organization, Permission permission) {
        return permission.isTokenScope() && visible.test(organization, permission);
    }
}
