package dev.sallyport.notice;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;

/** {@code POST /sallyport/v1/webhooks/{webhook_id}/test} */
final class TestWebhookHandler implements Handler {

    record Queued(String delivery_id) {}

    private final TestWebhook testWebhook;
    private final Runnable wake;

    TestWebhookHandler(TestWebhook testWebhook, Runnable wake) {
        this.testWebhook = testWebhook;
        this.wake = wake;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var id = WebhookJson.id(request);
        if (id.isEmpty()) {
            return WebhookJson.notFound();
        }
        return switch (testWebhook.test(caller, id.get())) {
            case TestWebhook.Result.Queued(var delivery) -> {
                wake.run();
                yield Reply.json(202, new Queued(delivery.toString()));
            }
            case TestWebhook.Result.NotFound() -> WebhookJson.notFound();
            case TestWebhook.Result.Disabled() ->
                Problem.conflict("webhook_disabled", "The webhook is disabled. Enable it first.");
            case TestWebhook.Result.TooManyWaiting(var most) ->
                Problem.conflict("too_many_waiting", "There are " + most + " deliveries waiting, which is the limit.");
        };
    }
}
