package dev.sallyport.key;

import dev.sallyport.identity.Caller;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Which scopes a caller may put on an application key, or leave out of it. */
final class ScopeCheck {

    sealed interface Checked {
        /** @param scopes sorted, each once; empty where the key is not narrowed */
        record Passed(Optional<List<String>> scopes) implements Checked {}

        record Failed(Refusal refusal) implements Checked {}
    }

    private final Permissions permissions;
    private final BiPredicate<OrganizationId, Permission> visible;
    private final Function<PrincipalId, Optional<Authority>> held;
    private final int mostScopes;

    /** @param held what a principal holds now; empty for one that this node does not know */
    ScopeCheck(
            Permissions permissions,
            BiPredicate<OrganizationId, Permission> visible,
            Function<PrincipalId, Optional<Authority>> held,
            int mostScopes) {
        this.permissions = permissions;
        this.visible = visible;
        this.held = held;
        this.mostScopes = mostScopes;
    }

    /** Whether a key of that owner may get these scopes, as far as that can be said before the transaction. */
    Checked check(Caller caller, PrincipalId owner, Optional<List<String>> scopes) {
        return scopes.isPresent()
                ? check(caller, scopes.get())
                : beyond(caller, owner, scopes)
                        .<Checked>map(Checked.Failed::new)
                        .orElseGet(() -> new Checked.Passed(scopes));
    }

    private Checked check(Caller caller, List<String> names) {
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
                ? new Checked.Passed(Optional.of(permissions.namesOf(scopes)))
                : new Checked.Failed(new Refusal.ScopesNotHeld(permissions.namesOf(missing)));
    }

    private boolean isCarried(OrganizationId organization, Permission permission) {
        return permission.isTokenScope() && visible.test(organization, permission);
    }

    /**
     * Why a stored key does more than the caller; empty if it does not. A name that means nothing any more is held by nobody.
     * Whether the caller's credential is itself without scopes is seen in the transaction.
     */
    Optional<Refusal> beyond(Caller caller, PrincipalId owner, Optional<List<String>> scopes) {
        if (scopes.isEmpty()) {
            return isWithin(caller, owner) ? Optional.empty() : Optional.of(new Refusal.BeyondCaller());
        }
        var missing = scopes.get().stream()
                .filter(name -> permissions
                        .named(name)
                        .filter(caller.authority()::holds)
                        .isEmpty())
                .toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of(new Refusal.ScopesNotHeld(missing));
    }

    /**
     * A key without scopes grows with its owner: one's own with oneself, that of a service account with whatever somebody gives
     * the account later. So only who holds everything there is may make one of those.
     */
    private boolean isWithin(Caller caller, PrincipalId owner) {
        if (owner.equals(caller.principal().id())) {
            return held.apply(owner).filter(caller.authority()::includes).isPresent();
        }
        var organization = caller.organization().id();
        return caller.authority()
                .includes(permissions.matching(
                        permission -> permission.isAssignable() && visible.test(organization, permission)));
    }
}
