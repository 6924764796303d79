package dev.sallyport.notice;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Deletes a webhook, its secrets, and what it was told. */
final class DeleteWebhook {

    sealed interface Result {
        record Deleted() implements Result {}

        /** Or of another organization. */
        record NotFound() implements Result {}
    }

    private final Database database;
    private final WebhookStore webhooks;
    private final DeliveryStore deliveries;
    private final ChangeTrail trail;
    private final InstantSource clock;

    DeleteWebhook(
            Database database,
            WebhookStore webhooks,
            DeliveryStore deliveries,
            ChangeTrail trail,
            InstantSource clock) {
        this.database = database;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.trail = trail;
        this.clock = clock;
    }

    Result delete(Caller caller, WebhookId id) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var organization = caller.organization().id();
        return database.inTransaction(transaction -> {
            var held = webhooks.hold(transaction, organization, id);
            if (held.isEmpty()) {
                return new Result.NotFound();
            }
            deliveries.deleteOf(transaction, organization, id);
            webhooks.delete(transaction, organization, id);
            trail.record(
                    transaction,
                    Actor.of(caller),
                    AuditAction.WEBHOOK_DELETED,
                    new Asset(id.toString(), held.get().name()),
                    Map.of("host", held.get().host()),
                    now);
            return new Result.Deleted();
        });
    }
}
