package dev.sallyport.directory;

import dev.sallyport.identity.Caller;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Nobody grants what they do not hold, nor acts on whom they do not outrank.
 *
 * <p>What let the caller in is older than the transaction, so everything is read again in it, with the roles of the
 * organization taken: whoever changes what roles hold, who has them, or who is active waits until the commit.
 */
final class Bounds {

    private final PrincipalStore principals;
    private final RoleStore roles;
    private final VisiblePermissions visible;

    Bounds(PrincipalStore principals, RoleStore roles, VisiblePermissions visible) {
        this.principals = principals;
        this.roles = roles;
        this.visible = visible;
    }

    /** How far the caller reaches now; empty if it or its credential has ended since it was let in. */
    Optional<Reach> take(Transaction transaction, Caller caller, Instant now) {
        var organization = caller.organization().id();
        roles.take(transaction, organization);
        return principals
                .carried(transaction, caller, now)
                .flatMap(scopes -> principals
                        .find(transaction, organization, caller.principal().id())
                        .map(fact -> reach(caller, fact, scopes, roles.all(transaction, organization))));
    }

    private Reach reach(Caller caller, PrincipalFact fact, PrincipalStore.Scopes scopes, List<Role> all) {
        var organization = caller.organization().id();
        var held = visible.heldBy(organization, fact.roles(), all);
        var authority = caller.authority()
                .intersect(held)
                .intersect(scopes.names().map(this::carriedBy).orElse(held));
        return new Reach(organization, whole(held, authority), all, visible);
    }

    /** What a credential with these scopes carries; see {@link Permissions#IMPORTING}. */
    private Authority carriedBy(String scopes) {
        var permissions = visible.permissions();
        var named = permissions.ofStored(scopes);
        return named.holds(permissions.require(Permissions.IMPORTING))
                ? named.union(permissions.matching(permission -> permission.namespace() != null))
                : named;
    }

    /**
     * Some permissions of roles are no scope of any token. A credential that carries all that its owner holds and a token can
     * carry speaks for the owner as a whole, or an administrator with a token could appoint no other.
     */
    private Authority whole(Authority held, Authority authority) {
        var expected = held.intersect(visible.permissions()
                .matching(permission -> permission.isTokenScope() && !permission.isHeldByEverybody()));
        return authority.includes(expected) ? held : authority;
    }

    /**
     * How far a caller reaches at one moment.
     *
     * @param authority what it may hand out
     * @param roles of the organization, all of them
     */
    record Reach(OrganizationId organization, Authority authority, List<Role> roles, VisiblePermissions visible) {
        Reach {
            roles = List.copyOf(roles);
        }

        boolean holds(Permission permission) {
            return authority.holds(permission);
        }

        boolean mayManageRoles() {
            return holds(visible.permissions().require("user_access_manage"));
        }

        boolean mayManageServiceAccounts() {
            return holds(visible.permissions().require("service_account_write"));
        }

        Optional<Role> role(RoleId id) {
            return roles.stream().filter(role -> role.id().equals(id)).findFirst();
        }

        /** Empty if the caller may hand out all of these. */
        Optional<Denial.Beyond> denial(Authority wanted) {
            // What everybody holds is given to nobody.
            var missing = wanted.minus(visible.permissions().matching(Permission::isHeldByEverybody))
                    .minus(authority);
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Denial.Beyond(visible.permissions().namesOf(missing)));
        }

        /** Empty if the caller may give that role to somebody, and widen it. */
        Optional<Denial.Beyond> denial(Role role) {
            return denial(visible.held(organization, role));
        }

        /** Empty if the caller may act on that principal: edit, disable, enable, or hand it over. */
        Optional<Denial.Beyond> denial(PrincipalFact target) {
            return denial(visible.heldBy(organization, target.roles(), roles));
        }
    }
}
