package dev.sallyport.notice;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;

/** {@code POST /sallyport/v1/webhooks/{webhook_id}/rotate} */
final class RotateWebhookSecretHandler implements Handler {

    private final RotateWebhookSecret rotateSecret;

    RotateWebhookSecretHandler(RotateWebhookSecret rotateSecret) {
        this.rotateSecret = rotateSecret;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var id = WebhookJson.id(request);
        if (id.isEmpty()) {
            return WebhookJson.notFound();
        }
        return switch (rotateSecret.rotate(caller, id.get())) {
            case RotateWebhookSecret.Result.Rotated(var webhook, var secret) ->
                WebhookJson.withSecret(200, webhook, secret);
            case RotateWebhookSecret.Result.NotFound() -> WebhookJson.notFound();
        };
    }
}
