package dev.sallyport.notice;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;

/** {@code DELETE /sallyport/v1/webhooks/{webhook_id}} */
final class DeleteWebhookHandler implements Handler {

    private final DeleteWebhook deleteWebhook;

    DeleteWebhookHandler(DeleteWebhook deleteWebhook) {
        this.deleteWebhook = deleteWebhook;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var id = WebhookJson.id(request);
        if (id.isEmpty()) {
            return WebhookJson.notFound();
        }
        return switch (deleteWebhook.delete(caller, id.get())) {
            case DeleteWebhook.Result.Deleted() -> Reply.noContent();
            case DeleteWebhook.Result.NotFound() -> WebhookJson.notFound();
        };
    }
}
