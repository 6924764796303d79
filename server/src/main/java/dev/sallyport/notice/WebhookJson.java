package dev.sallyport.notice;

import dev.sallyport.http.Outbound;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Rfc3339;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Webhooks and refusals on the wire. */
final class WebhookJson {

    record One(
            String id,
            String name,
            String url,
            List<String> events,
            boolean enabled,
            String created_at,
            String modified_at,
            @Nullable String previous_secret_until) {
        @Override
        public String toString() {
            return "One(" + id + ")";
        }
    }

    /** The one answer with the secret itself. */
    record WithSecret(One webhook, String secret) {
        @Override
        public String toString() {
            return "WithSecret(" + webhook + ")";
        }
    }

    record Listing(List<One> webhooks) {}

    private WebhookJson() {}

    static One one(Webhook webhook) {
        return new One(
                webhook.id().toString(),
                webhook.name(),
                webhook.url(),
                webhook.events().stream().map(EventType::wireName).sorted().toList(),
                webhook.isEnabled(),
                Rfc3339.format(webhook.createdAt()),
                Rfc3339.format(webhook.modifiedAt()),
                formatted(webhook.previousUntil()));
    }

    static Reply withSecret(int status, Webhook webhook, SigningSecret secret) {
        return Reply.json(status, new WithSecret(one(webhook), secret.text().reveal()))
                .with("Cache-Control", "no-store");
    }

    static @Nullable String formatted(@Nullable Instant at) {
        return at == null ? null : Rfc3339.format(at);
    }

    static Problem notFound() {
        return Problem.notFound("There is no such webhook.");
    }

    static Problem of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.InvalidName(var what) -> Problem.badRequest("invalid_name", what);
            case Refusal.InvalidUrl(var reason) -> Problem.badRequest("invalid_url", detail(reason));
            case Refusal.NoEvents() -> Problem.badRequest("no_events", "A webhook needs at least one event.");
            case Refusal.UnknownEvents() ->
                Problem.badRequest(
                        "unknown_events",
                        "An event is not known. There are: "
                                + Arrays.stream(EventType.values())
                                        .map(EventType::wireName)
                                        .collect(Collectors.joining(", "))
                                + ".");
            case Refusal.TooManyWebhooks(var most) ->
                Problem.conflict(
                        "too_many_webhooks", "The organization has " + most + " webhooks, which is the limit.");
        };
    }

    private static String detail(Outbound.Reason reason) {
        return switch (reason) {
            case NOT_ENCRYPTED -> "The URL must begin with https://.";
            case ADDRESS_NOT_PUBLIC ->
                "The URL must lead to a public address, or the operator must allow its host and port (outbound-allow).";
            case MALFORMED_URL,
                    UNKNOWN_NAME,
                    CANNOT_CONNECT,
                    ENCRYPTION_FAILED,
                    BROKEN_ANSWER,
                    ANSWER_TOO_LARGE,
                    TIMED_OUT,
                    CLOSED -> "The URL must be https://, a host, and a path, of at most 2048 ASCII characters.";
        };
    }

    /** The template's parameter. */
    static Optional<WebhookId> id(Request request) {
        return WebhookId.parse(request.pathParameter("webhook_id"));
    }
}
