package dev.sallyport.notice;

import dev.sallyport.http.Rfc3339;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/** What is sent: its type, and the JSON with its moment and its data. Never a secret. */
record Message(String type, String payload) {

    /** What webhooks are tried out with; nobody subscribes to it. */
    static final String TEST = "webhook.test";

    private record Envelope(String type, String timestamp, Object data) {}

    static Message of(EventType type, Instant at, Object data) {
        return of(type.wireName(), at, data);
    }

    static Message of(String type, Instant at, Object data) {
        return new Message(type, JsonMapper.shared().writeValueAsString(new Envelope(type, Rfc3339.format(at), data)));
    }
}
