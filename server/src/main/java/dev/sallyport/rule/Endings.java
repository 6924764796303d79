package dev.sallyport.rule;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.Credentials;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Ends credentials because of a rule, each with its place in the trail. */
final class Endings {

    /** Short transactions: whoever creates a credential of the organization waits for the same row. */
    static final int PORTION = 200;

    private final Feed feed;
    private final RuleStore store;
    private final ChangeTrail trail;

    Endings(Feed feed, RuleStore store, ChangeTrail trail) {
        this.feed = feed;
        this.store = store;
        this.trail = trail;
    }

    /** How many of them were not revoked before. Stops when the rules are set anew: what ends then is not for these to say. */
    int endAll(Actor actor, int revision, List<StoredCredential> credentials, Instant now) {
        var ended = 0;
        for (var from = 0; from < credentials.size(); from += PORTION) {
            var portion = credentials.subList(from, Math.min(credentials.size(), from + PORTION));
            ended += feed.change(transaction -> end(transaction, actor, revision, portion, now));
        }
        return ended;
    }

    private Outcome<Integer> end(
            Transaction transaction, Actor actor, int revision, List<StoredCredential> credentials, Instant now) {
        var organization = actor.organization();
        if (store.hold(transaction, organization, now).revision() != revision) {
            return Outcome.unchanged(0);
        }
        store.holdOrganization(transaction, organization);
        var revocation = UUID.randomUUID();
        var ended = 0;
        for (var credential : credentials) {
            if (store.end(transaction, credential, revocation, now)) {
                record(transaction, actor, credential, revocation, "rule", now);
                ended++;
            }
        }
        return outcome(organization, revocation, ended);
    }

    /** Those of them that were neither revoked before nor used since their moment. */
    Outcome<Integer> endUnused(
            Transaction transaction,
            OrganizationId organization,
            Map<Instant, List<StoredCredential>> unused,
            Instant now) {
        store.holdOrganization(transaction, organization);
        var actor = Actor.operator(organization);
        var revocation = UUID.randomUUID();
        var ended = 0;
        for (var entry : unused.entrySet()) {
            for (var credential : entry.getValue()) {
                if (store.endUnused(transaction, credential, entry.getKey(), revocation, now)) {
                    record(transaction, actor, credential, revocation, "unused", now);
                    ended++;
                }
            }
        }
        return outcome(organization, revocation, ended);
    }

    private static Outcome<Integer> outcome(OrganizationId organization, UUID revocation, int ended) {
        return ended == 0
                ? Outcome.unchanged(0)
                : Outcome.changed(
                        new Change(Credentials.REVOCATION, organization.value(), revocation.toString()), ended);
    }

    private void record(
            Transaction transaction,
            Actor actor,
            StoredCredential credential,
            UUID revocation,
            String why,
            Instant now) {
        trail.record(
                transaction,
                actor,
                AuditAction.CREDENTIAL_REVOKED,
                new Asset(credential.id().toString(), credential.name()),
                Map.of(
                        "kind", credential.kind().code(),
                        "owner", String.valueOf(credential.owner()),
                        "revocation", revocation.toString(),
                        "why", why),
                now);
    }
}
