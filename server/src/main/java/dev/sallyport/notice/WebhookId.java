package dev.sallyport.notice;

import dev.sallyport.identity.Uuids;
import java.util.Optional;
import java.util.UUID;

record WebhookId(UUID value) {

    static WebhookId random() {
        return new WebhookId(UUID.randomUUID());
    }

    /** Only the canonical text of 36 characters, in either case. */
    static Optional<WebhookId> parse(String text) {
        return Uuids.parse(text).map(WebhookId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
