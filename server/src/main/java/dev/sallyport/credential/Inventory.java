package dev.sallyport.credential;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Feed;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** The live credentials of an organization, whatever their kind: found by what they are, and ended. */
public final class Inventory {

    private final CredentialStore one = new CredentialStore();
    private final ChangeTrail trail;
    private final InstantSource clock;
    private final RevokeCredentials revokeCredentials;

    public Inventory(Database database, Feed feed, ChangeTrail trail, InstantSource clock) {
        this.trail = trail;
        this.clock = clock;
        revokeCredentials = new RevokeCredentials(database, feed, new InventoryStore(), trail, clock);
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
