package dev.sallyport.notice;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;

/** {@code GET /sallyport/v1/webhooks} */
final class ListWebhooksHandler implements Handler {

    private final Database database;
    private final WebhookStore webhooks;

    ListWebhooksHandler(Database database, WebhookStore webhooks) {
        this.database = database;
        this.webhooks = webhooks;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var found = database.reading(
                transaction -> webhooks.list(transaction, caller.organization().id()));
        return Reply.ok(
                new WebhookJson.Listing(found.stream().map(WebhookJson::one).toList()));
    }
}
