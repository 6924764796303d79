package dev.sallyport.notice;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /sallyport/v1/webhooks} */
final class CreateWebhookHandler implements Handler {

    /** @param events every one that there is, if not said */
    record Body(
            @Nullable String name,
            @Nullable String url,
            @Nullable List<@Nullable String> events) {}

    private final CreateWebhook createWebhook;

    CreateWebhookHandler(CreateWebhook createWebhook) {
        this.createWebhook = createWebhook;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(Body.class);
        var events = body.events();
        var wanted = new CreateWebhook.Request(
                Members.required("name", body.name()),
                Members.required("url", body.url()),
                events == null ? Members.everyEvent() : Members.names("events", events));
        return switch (createWebhook.create(caller, wanted)) {
            case CreateWebhook.Result.Created(var webhook, var secret) ->
                WebhookJson.withSecret(201, webhook, secret).with("Location", "/sallyport/v1/webhooks/" + webhook.id());
            case CreateWebhook.Result.Refused(var refusal) -> WebhookJson.of(refusal);
        };
    }
}
