package dev.sallyport.notice;

import java.util.Optional;

/** What a webhook can be told. The names are on the wire: they never change. */
enum EventType {
    CREDENTIAL_EXPIRING("credential.expiring");

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    static Optional<EventType> parse(String text) {
        for (var type : values()) {
            if (type.wireName.equals(text)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
