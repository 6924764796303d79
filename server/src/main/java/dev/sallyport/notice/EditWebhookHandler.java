package dev.sallyport.notice;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code PATCH /sallyport/v1/webhooks/{webhook_id}} */
final class EditWebhookHandler implements Handler {

    record Body(
            @Nullable String name,
            @Nullable String url,
            @Nullable List<@Nullable String> events,
            @Nullable Boolean enabled) {}

    private final EditWebhook editWebhook;

    EditWebhookHandler(EditWebhook editWebhook) {
        this.editWebhook = editWebhook;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(Body.class);
        var id = WebhookJson.id(request);
        if (id.isEmpty()) {
            return WebhookJson.notFound();
        }
        return switch (editWebhook.edit(caller, parse(id.get(), body))) {
            case EditWebhook.Result.Edited(var webhook) -> Reply.ok(WebhookJson.one(webhook));
            case EditWebhook.Result.NotFound() -> WebhookJson.notFound();
            case EditWebhook.Result.Refused(var refusal) -> WebhookJson.of(refusal);
        };
    }

    private static EditWebhook.Request parse(WebhookId id, Body body) {
        var events = body.events();
        if (body.name() == null && body.url() == null && events == null && body.enabled() == null) {
            throw new BadInput("nothing_to_change", "Give a new 'name', 'url', 'events' or 'enabled'.");
        }
        return new EditWebhook.Request(
                id, body.name(), body.url(), events == null ? null : Members.names("events", events), body.enabled());
    }
}
