package dev.sallyport.notice;

import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Queues a message that says nothing, so that a receiver can be tried out. */
final class TestWebhook {

    sealed interface Result {
        record Queued(UUID delivery) implements Result {}

        /** Or of another organization. */
        record NotFound() implements Result {}

        record Disabled() implements Result {}

        record TooManyWaiting(int most) implements Result {}
    }

    private record Data(String webhook_id) {}

    private final Database database;
    private final WebhookStore webhooks;
    private final DeliveryStore deliveries;
    private final NoticeLimits limits;
    private final InstantSource clock;

    TestWebhook(
            Database database,
            WebhookStore webhooks,
            DeliveryStore deliveries,
            NoticeLimits limits,
            InstantSource clock) {
        this.database = database;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.limits = limits;
        this.clock = clock;
    }

    Result test(Caller caller, WebhookId id) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return database.inTransaction(transaction -> test(transaction, caller, id, now));
    }

    private Result test(Transaction transaction, Caller caller, WebhookId id, Instant now) {
        var organization = caller.organization().id();
        var held = webhooks.hold(transaction, organization, id);
        if (held.isEmpty()) {
            return new Result.NotFound();
        }
        if (!held.get().isEnabled()) {
            return new Result.Disabled();
        }
        var delivery = UUID.randomUUID();
        var message = Message.of(Message.TEST, now, new Data(id.toString()));
        return deliveries.insert(transaction, organization, id, delivery, message, now, limits.mostWaiting())
                ? new Result.Queued(delivery)
                : new Result.TooManyWaiting(limits.mostWaiting());
    }
}
