package dev.sallyport.usage;

import dev.sallyport.decision.Rehearsal;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Finds the smallest set of scopes that the recorded calls need. */
final class ScopePlanner {

    private final Permissions permissions;
    private final BiPredicate<OrganizationId, Permission> visible;
    private final Rehearsal.Stage stage;
    private final ScopeCost cost;

    ScopePlanner(Permissions permissions, BiPredicate<OrganizationId, Permission> visible, Rehearsal.Stage stage) {
        this.permissions = permissions;
        this.visible = visible;
        this.stage = stage;
        this.cost = new ScopeCost(permissions);
    }

    /** What a credential could be narrowed to: whatever it carries that a scope can say. */
    Authority usable(Footprint footprint) {
        var organization = footprint.credential().organization();
        return footprint
                .now()
                .carried()
                .intersect(permissions.matching(
                        permission -> permission.isTokenScope() && visible.test(organization, permission)));
    }

    SmallestScopes.Found smallest(Footprint footprint) {
        var found = SmallestScopes.of(footprint.needs(), usable(footprint), cost);
        var importing = permissions.require(Permissions.IMPORTING);
        // Whoever may import APIs carries the permissions of the organization's own with that scope.
        return found.scopes().holds(importing)
                ? new SmallestScopes.Found(
                        found.scopes().minus(permissions.matching(permission -> permission.namespace() != null)),
                        found.isSmallest())
                : found;
    }

    /**
     * Empty where the credential has ended meanwhile.
     *
     * @param kept scopes that stay, whether or not a call needed them
     */
    Optional<ScopePlan> plan(Footprint footprint, Authority kept) {
        var found = smallest(footprint);
        var after = found.scopes().union(kept);
        var credential = footprint.credential();
        return stage.of(credential.organization(), credential.id(), after)
                .map(then -> new ScopePlan(
                        footprint, credential.scopes(), permissions.namesOf(after), found.isSmallest(), then));
    }
}
