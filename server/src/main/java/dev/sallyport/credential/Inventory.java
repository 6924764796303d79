package dev.sallyport.credential;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Feed;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** The live credentials of an organization, whatever their kind: found by what they are, and ended. */
public final class Inventory {

    private static final String PATH = "/sallyport/v1/credentials";

    private final CredentialStore one = new CredentialStore();
    private final ChangeTrail trail;
    private final InstantSource clock;
    private final RevokeCredentials revokeCredentials;
    private final List<Route> routes;

    /**
     * @param visible whether an organization can see a permission; those of an API of one's own are not for everybody
     * @param brand what all prefixes begin with: {@code dd}
     */
    public Inventory(
            Database database,
            Feed feed,
            ChangeTrail trail,
            Permissions permissions,
            BiPredicate<OrganizationId, Permission> visible,
            String brand,
            InstantSource clock) {
        this.trail = trail;
        this.clock = clock;
        var store = new InventoryStore();
        var reach = new KindReach(permissions);
        revokeCredentials = new RevokeCredentials(database, feed, store, trail, clock);
        var revokeByFilter = new RevokeByFilter(database, store, revokeCredentials, reach, clock);
        BiPredicate<Caller, String> isKnownScope = (caller, name) -> permissions
                .named(name)
                .filter(scope -> visible.test(caller.organization().id(), scope))
                .isPresent();
        routes = routes(
                permissions,
                new ListCredentialsHandler(database, store, reach, isKnownScope, brand, clock),
                new ReadCredentialHandler(database, store, reach, brand, clock),
                new RevokeCredentialsHandler(revokeByFilter, isKnownScope, brand));
    }

    private static List<Route> routes(Permissions permissions, Handler list, Handler read, Handler revoke) {
        var reading = Requirement.anyOf(permissions.require(KindReach.READING));
        var writing = Requirement.anyOf(permissions.require(KindReach.WRITING));
        return List.of(
                Route.of(Method.GET, PATH, "ListCredentials", reading, list),
                Route.of(Method.GET, PATH + "/{credential_id}", "GetCredential", reading, read),
                Route.of(Method.POST, PATH + "/revoke", "RevokeCredentials", writing, revoke));
    }

    public List<Route> routes() {
        return routes;
    }

    /**
     * Ends everything that the filter finds, in portions that are each acknowledged. If it is interrupted, the same order given
     * again ends what is left.
     *
     * @param why for the trail
     */
    public Revoked revoke(
            Actor actor, OrganizationId organization, CredentialFilter filter, Lineage lineage, String why) {
        return revokeCredentials.revoke(
                actor, new RevokeCredentials.Terms(organization, lineage, Set.of(), null, why), filter);
    }

    /** The same for those of the named that are live. */
    public Revoked revoke(
            Actor actor, OrganizationId organization, Collection<CredentialId> ids, Lineage lineage, String why) {
        return revokeCredentials.revoke(
                actor, new RevokeCredentials.Terms(organization, lineage, Set.of(), null, why), ids);
    }

    /**
     * Ends one credential within a change of the caller's, with its event in the trail.
     *
     * @return what the change must be acknowledged with, also if the credential had ended before; empty if there never was one
     */
    public Optional<Change> revoke(
            Transaction transaction, Actor actor, OrganizationId organization, CredentialId id, String why) {
        var now = clock.instant();
        return one.findEver(transaction, organization, id, Set.copyOf(Credentials.STORED))
                .map(found -> {
                    if (one.revoke(transaction, organization, id, now)) {
                        trail.record(
                                transaction,
                                actor,
                                AuditAction.CREDENTIAL_REVOKED,
                                new Asset(id.toString(), found.name()),
                                RevokeCredentials.details(found, why, null),
                                now);
                    }
                    return Credentials.change(organization, id);
                });
    }
}
