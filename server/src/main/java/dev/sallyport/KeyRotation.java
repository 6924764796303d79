package dev.sallyport;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.ChangeKind;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.jose.KeyRing;
import dev.sallyport.jose.Purpose;
import dev.sallyport.sql.Transaction;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once an hour whether a signing key is due to be replaced. Of several nodes one does it; the others hear of it. */
final class KeyRotation implements AutoCloseable {

    static final ChangeKind KIND = new ChangeKind("signing_key");

    /** Signing keys belong to the installation, not to an organization. */
    private static final OrganizationId INSTALLATION = new OrganizationId(new UUID(0, 0));

    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);

    private final KeyRing keys;
    private final Feed feed;
    private final ChangeTrail trail;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("key-rotation").daemon().factory());

    KeyRotation(KeyRing keys, Feed feed, ChangeTrail trail, InstantSource clock) {
        this.keys = keys;
        this.feed = feed;
        this.trail = trail;
        this.clock = clock;
        var _ = timer.scheduleWithFixedDelay(this::look, 1, 60, TimeUnit.MINUTES);
    }

    private void look() {
        try {
            for (var purpose : Purpose.values()) {
                feed.change(transaction -> rotate(transaction, purpose));
            }
        } catch (RuntimeException e) {
            // The next look tries again; the present key goes on signing.
            LOG.warn("Signing keys could not be rotated: {}", e.getMessage());
        }
    }

    private Outcome<Boolean> rotate(Transaction transaction, Purpose purpose) {
        var retired = keys.retire(transaction);
        var rotated = keys.rotate(transaction, purpose);
        if (rotated.isEmpty() && retired == 0) {
            return Outcome.unchanged(false);
        }
        rotated.ifPresent(id -> trail.record(
                transaction,
                Actor.operator(INSTALLATION),
                AuditAction.SIGNING_KEY_ROTATED,
                new Asset(id, purpose.name()),
                Map.of(),
                clock.instant()));
        return Outcome.changed(new Change(KIND, INSTALLATION.value(), rotated.orElse("")), true);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
