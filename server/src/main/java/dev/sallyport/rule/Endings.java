package dev.sallyport.rule;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Ends credentials because of a rule, each with its place in the trail. */
final class Endings {

    private final RuleStore store;
    private final ChangeTrail trail;

    Endings(RuleStore store, ChangeTrail trail) {
        this.store = store;
        this.trail = trail;
    }

    /** How many of them were not revoked before. */
    int end(Transaction transaction, Actor actor, List<StoredCredential> credentials, UUID revocation, Instant now) {
        var ended = 0;
        for (var credential : credentials) {
            if (store.end(transaction, credential, revocation, now)) {
                record(transaction, actor, credential, revocation, "rule", now);
                ended++;
            }
        }
        return ended;
    }

    /** How many of them were neither revoked before nor used since that moment. */
    int endUnused(
            Transaction transaction,
            Actor actor,
            List<StoredCredential> credentials,
            Instant before,
            UUID revocation,
            Instant now) {
        var ended = 0;
        for (var credential : credentials) {
            if (store.endUnused(transaction, credential, before, revocation, now)) {
                record(transaction, actor, credential, revocation, "unused", now);
                ended++;
            }
        }
        return ended;
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
                AuditAction.CREDENTIAL_ENDED,
                new Asset(credential.id().toString(), credential.name()),
                Map.of(
                        "kind", credential.kind().code(),
                        "owner", String.valueOf(credential.owner()),
                        "revocation", revocation.toString(),
                        "why", why),
                now);
    }
}
