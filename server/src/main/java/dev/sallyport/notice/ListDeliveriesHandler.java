package dev.sallyport.notice;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.http.Rfc3339;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /sallyport/v1/webhooks/{webhook_id}/deliveries} */
final class ListDeliveriesHandler implements Handler {

    private static final int MOST = 50;

    record Listing(List<One> deliveries) {}

    /** @param result of the last attempt: a status, or a word for why there was no answer */
    record One(
            String id,
            String type,
            String state,
            int attempts,
            String created_at,
            @Nullable String attempted_at,
            @Nullable String next_attempt_at,
            @Nullable String result) {}

    private final Database database;
    private final WebhookStore webhooks;
    private final DeliveryStore deliveries;

    ListDeliveriesHandler(Database database, WebhookStore webhooks, DeliveryStore deliveries) {
        this.database = database;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return WebhookJson.id(request)
                .flatMap(id -> database.reading(transaction -> list(transaction, caller, id)))
                .<Response>map(found -> Reply.ok(new Listing(
                        found.stream().map(ListDeliveriesHandler::one).toList())))
                .orElseGet(WebhookJson::notFound);
    }

    private Optional<List<Delivery>> list(Transaction transaction, Caller caller, WebhookId id) {
        var organization = caller.organization().id();
        return webhooks.find(transaction, organization, id)
                .map(_ -> deliveries.list(transaction, organization, id, MOST));
    }

    private static One one(Delivery delivery) {
        return new One(
                delivery.id().toString(),
                delivery.event(),
                delivery.state().code(),
                delivery.attempts(),
                Rfc3339.format(delivery.createdAt()),
                WebhookJson.formatted(delivery.attemptedAt()),
                delivery.state() == Delivery.State.WAITING ? Rfc3339.format(delivery.dueAt()) : null,
                delivery.result());
    }
}
