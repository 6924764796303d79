package dev.sallyport.notice;

import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The {@code webhook_delivery} table. */
final class DeliveryStore {

    /** A delivery whose time has come, as it was when it was looked for. */
    record Due(UUID id, WebhookId webhook, OrganizationId organization, int attempts) {}

    /** False if that many wait already. */
    boolean insert(
            Transaction transaction,
            OrganizationId organization,
            WebhookId webhook,
            UUID id,
            Message message,
            Instant now,
            int mostWaiting) {
        return transaction
                        .sql("""
                                INSERT INTO webhook_delivery (id, webhook_id, organization_id, event, payload, state, attempts,
                                    due_at, created_at)
                                SELECT ?, ?, ?, ?, ?, 'waiting', 0, ?, ?
                                WHERE (SELECT count(*) FROM webhook_delivery
                                       WHERE organization_id = ? AND webhook_id = ? AND state = 'waiting') < ?
                                """)
                        .with(
                                id,
                                webhook.value(),
                                organization.value(),
                                message.type(),
                                message.payload(),
                                now,
                                now,
                                organization.value(),
                                webhook.value(),
                                mostWaiting)
                        .update()
                == 1;
    }

    /** The newest first. */
    List<Delivery> list(Transaction transaction, OrganizationId organization, WebhookId webhook, int most) {
        return transaction
                .sql("""
                        SELECT id, event, state, attempts, created_at, due_at, attempted_at, result FROM webhook_delivery
                        WHERE organization_id = ? AND webhook_id = ? ORDER BY created_at DESC, id LIMIT ?
                        """)
                .with(organization.value(), webhook.value(), most)
                .map(DeliveryStore::delivery)
                .list();
    }

    private static Delivery delivery(Row row) {
        return new Delivery(
                row.uuid("id"),
                row.text("event"),
                Delivery.State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                row.integer("attempts"),
                row.instant("created_at"),
                row.instant("due_at"),
                row.optionalInstant("attempted_at").orElse(null),
                row.optionalText("result").orElse(null));
    }

    /** The oldest of every webhook of every organization: one that is slow, or has many, holds up no other. */
    List<Due> due(Transaction transaction, Instant now, int mostOfWebhook, int most) {
        return transaction
                .sql("""
                        SELECT id, webhook_id, organization_id, attempts FROM (
                            SELECT d.id, d.webhook_id, d.organization_id, d.attempts,
                                row_number() OVER (PARTITION BY d.webhook_id ORDER BY d.due_at, d.id) AS place
                            FROM webhook_delivery d
                            JOIN webhook w ON w.id = d.webhook_id AND w.organization_id = d.organization_id
                            WHERE d.state = 'waiting' AND d.due_at <= ? AND w.state = 'enabled'
                        ) ranked
                        WHERE place <= ? ORDER BY place, webhook_id LIMIT ?
                        """)
                .with(now, mostOfWebhook, most)
                .map(row -> new Due(
                        row.uuid("id"),
                        new WebhookId(row.uuid("webhook_id")),
                        new OrganizationId(row.uuid("organization_id")),
                        row.integer("attempts")))
                .list();
    }

    /**
     * The payload, if nobody else took the delivery since it was found: of two nodes one gets it. A node that dies on the way
     * loses it when the lease ends.
     */
    Optional<String> take(Transaction transaction, Due due, Instant now, Instant leaseEnd) {
        return transaction
                .sql("""
                        UPDATE webhook_delivery SET attempts = attempts + 1, due_at = ?, attempted_at = ?
                        WHERE organization_id = ? AND id = ? AND state = 'waiting' AND attempts = ? AND due_at <= ?
                        RETURNING payload
                        """)
                .with(leaseEnd, now, due.organization().value(), due.id(), due.attempts(), now)
                .map(row -> row.text("payload"))
                .optional();
    }

    /** Notes how the attempt ended, unless it took so long that another has begun. */
    void settle(Transaction transaction, Due due, Delivery.State state, Instant dueAt, String result) {
        transaction
                .sql("""
                        UPDATE webhook_delivery SET state = ?, due_at = ?, result = ?
                        WHERE organization_id = ? AND id = ? AND state = 'waiting' AND attempts = ?
                        """)
                .with(state.code(), dueAt, result, due.organization().value(), due.id(), due.attempts() + 1)
                .update();
    }

    void giveUp(Transaction transaction, OrganizationId organization, WebhookId webhook) {
        transaction.sql("""
                        UPDATE webhook_delivery SET state = 'given_up'
                        WHERE organization_id = ? AND webhook_id = ? AND state = 'waiting'
                        """).with(organization.value(), webhook.value()).update();
    }

    void deleteOf(Transaction transaction, OrganizationId organization, WebhookId webhook) {
        transaction
                .sql("DELETE FROM webhook_delivery WHERE organization_id = ? AND webhook_id = ?")
                .with(organization.value(), webhook.value())
                .update();
    }

    /** Forgets what is old, of every organization. */
    void deleteBefore(Transaction transaction, Instant moment) {
        transaction
                .sql("DELETE FROM webhook_delivery WHERE created_at < ?")
                .with(moment)
                .update();
    }
}
