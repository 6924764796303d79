package dev.sallyport.audit;

import dev.sallyport.sql.Micros;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An event in the form of Datadog's audit API. What does not apply is left out. */
final class EventJson {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String OWN_SERVICE = "sallyport";
    private static final List<String> TAGS = List.of("source:audit");

    private EventJson() {}

    static Map<String, Object> of(IndexedEvent event) {
        var outer = new Members()
                .put("timestamp", time(event.atMicros()))
                .put("message", event.message())
                .put(
                        "service",
                        event.call().api().isEmpty()
                                ? OWN_SERVICE
                                : event.call().api())
                .put("tags", TAGS)
                .put("attributes", facts(event));
        return new Members().put("id", event.id()).put("type", "audit").put("attributes", outer.members).members;
    }

    private static Map<String, Object> facts(IndexedEvent event) {
        var who = event.who();
        var call = event.call();
        var actor = who.principal().isEmpty() ? "SYSTEM" : "USER";
        return new Members()
                .put("timestamp", event.atMicros() / 1_000)
                .put("action", event.action())
                .put("change", event.change())
                .put("status", call.outcome().equals("denied") ? "warn" : "info")
                .put("evt", Map.of("name", event.eventName(), "actor", Map.of("type", actor)))
                .put(
                        "usr",
                        new Members()
                                .put("id", who.principal())
                                .put("uuid", who.principal())
                                .put("email", who.email())
                                .members)
                .put("org", Map.of("uuid", event.organization()))
                .put(
                        "asset",
                        new Members()
                                .put("type", event.asset().type())
                                .put("id", event.asset().id())
                                .put("name", event.asset().name())
                                .members)
                .put(
                        "http",
                        new Members()
                                .put("method", call.method())
                                .put("url_details", new Members().put("path", call.path()).members)
                                .members)
                .put("network", new Members().put("client", new Members().put("ip", who.address()).members).members)
                .put("auth_method", who.authMethod())
                .put("credential", credential(event))
                .put("decision", decision(event))
                .put("metadata", event.details())
                .members;
    }

    private static Map<String, Object> credential(IndexedEvent event) {
        var who = event.who();
        var credential = new Members()
                .put("id", who.credential())
                .put("kind", who.credentialKind())
                .put("name", who.credentialName())
                .put("minted_by", who.mintedBy());
        if (event.isDecision()) {
            credential.members.put("scopes", who.scopes());
            credential.put("expires_at", time(who.expiresAtMicros()));
        }
        return credential.members;
    }

    private static Map<String, Object> decision(IndexedEvent event) {
        var call = event.call();
        var decision = new Members()
                .put("id", event.decision())
                .put("outcome", call.outcome())
                .put("reason", call.reason())
                .put("api", call.api())
                .put("operation", call.operation());
        if (event.isDecision()) {
            decision.put("revision", call.revision());
        }
        return decision.members;
    }

    private static String time(long micros) {
        return TIME.format(Micros.toInstant(micros));
    }

    /** An object that takes no empty member. */
    private static final class Members {

        final Map<String, Object> members = new LinkedHashMap<>();

        Members put(String name, Object value) {
            var isEmpty = value.equals("") || value.equals(Map.of());
            if (!isEmpty) {
                members.put(name, value);
            }
            return this;
        }
    }
}
