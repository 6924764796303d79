package dev.sallyport.notice;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.http.Rfc3339;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Announces, once for each mark, that a credential is about to end: in the trail, and to the webhooks that want to know. */
final class AnnounceExpiry {

    private static final int BATCH = 500;

    /** More than a mark lies before an end, so no notice that is still needed is forgotten. */
    private static final Duration KEPT = Duration.ofDays(60);

    private final Database database;
    private final ExpiryNoticeStore notices;
    private final WebhookStore webhooks;
    private final DeliveryStore deliveries;
    private final ChangeTrail trail;
    private final NoticeLimits limits;
    private final NoticeMetrics metrics;

    AnnounceExpiry(
            Database database,
            ExpiryNoticeStore notices,
            WebhookStore webhooks,
            DeliveryStore deliveries,
            ChangeTrail trail,
            NoticeLimits limits,
            NoticeMetrics metrics) {
        this.database = database;
        this.notices = notices;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.trail = trail;
        this.limits = limits;
        this.metrics = metrics;
    }

    /** Announces what is due at that moment; how many this node announced. */
    int announce(Instant now) {
        var announced = 0;
        int last;
        do {
            last = announceBatch(now);
            announced += last;
        } while (last > 0 && !Thread.currentThread().isInterrupted());
        metrics.ending(database.readingAll(transaction -> notices.ending(transaction, now)));
        return announced;
    }

    private int announceBatch(Instant now) {
        var announced = 0;
        for (var credential : database.readingAll(transaction -> notices.due(transaction, now, BATCH))) {
            if (database.inTransaction(transaction -> announce(transaction, credential, now))) {
                metrics.announced();
                announced++;
            }
        }
        return announced;
    }

    private boolean announce(Transaction transaction, ExpiringCredential credential, Instant now) {
        if (!notices.insert(transaction, credential, now)) {
            return false;
        }
        // Before the trail, whose head every change of the store takes and holds until its commit.
        queue(transaction, credential, now);
        trail.record(
                transaction,
                Actor.operator(credential.organization()),
                AuditAction.CREDENTIAL_EXPIRING,
                new Asset(credential.id().toString(), credential.name()),
                Map.of(
                        "kind", credential.kind().code(),
                        "expires_at", Rfc3339.format(credential.expiresAt()),
                        "days", String.valueOf(credential.days()),
                        "owner",
                                credential
                                        .owner()
                                        .map(owner -> owner.id().toString())
                                        .orElse("")),
                now);
        return true;
    }

    private void queue(Transaction transaction, ExpiringCredential credential, Instant now) {
        var organization = credential.organization();
        var message = credential.message(now);
        webhooks.list(transaction, organization).stream()
                .filter(webhook -> webhook.isEnabled() && webhook.events().contains(EventType.CREDENTIAL_EXPIRING))
                .filter(webhook -> !deliveries.insert(
                        transaction, organization, webhook.id(), UUID.randomUUID(), message, now, limits.mostWaiting()))
                .forEach(_ -> metrics.count(NoticeMetrics.Outcome.DROPPED));
    }

    /** Forgets notices and deliveries that nobody needs or looks at any more. */
    void forget(Instant now) {
        database.inTransaction(transaction -> {
            notices.deleteBefore(transaction, now.minus(KEPT));
            deliveries.deleteBefore(transaction, now.minus(limits.kept()));
            return true;
        });
    }
}
