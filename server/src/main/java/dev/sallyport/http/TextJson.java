package dev.sallyport.http;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads a JSON string, and nothing else, as text that can be stored and sent on.
 *
 * <p>JSON can escape half of a surrogate pair, which no encoding can carry, and U+0000, which PostgreSQL cannot store.
 */
final class TextJson extends StdDeserializer<String> {

    TextJson() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            var text = parser.getString();
            if (text.codePoints().allMatch(point -> point != 0 && Character.getType(point) != Character.SURROGATE)) {
                return text;
            }
        }
        return context.reportInputMismatch(String.class, "not a text");
    }
}
