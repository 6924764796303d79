package dev.sallyport.notice;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;

/** {@code GET /sallyport/v1/webhooks/{webhook_id}} */
final class ReadWebhookHandler implements Handler {

    private final Database database;
    private final WebhookStore webhooks;

    ReadWebhookHandler(Database database, WebhookStore webhooks) {
        this.database = database;
        this.webhooks = webhooks;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return WebhookJson.id(request)
                .flatMap(id -> database.reading(transaction ->
                        webhooks.find(transaction, caller.organization().id(), id)))
                .<Response>map(webhook -> Reply.ok(WebhookJson.one(webhook)))
                .orElseGet(WebhookJson::notFound);
    }
}
