package dev.sallyport.http;

import java.time.Instant;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads a time from a JSON string as RFC 3339 writes it. Never from a number. */
final class InstantJson extends StdDeserializer<Instant> {

    InstantJson() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            var instant = Rfc3339.parse(parser.getString());
            if (instant.isPresent()) {
                return instant.get();
            }
        }
        return context.reportInputMismatch(Instant.class, "not a time");
    }
}
