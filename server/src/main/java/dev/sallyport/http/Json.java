package dev.sallyport.http;

import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** JSON, RFC 8259, in {@code snake_case}: written plainly, read strictly and within limits. Nothing is turned into another type. */
final class Json {

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_NUMBER = 64;
    private static final int MOST_TOKENS = 100_000;

    private final JsonMapper mapper;
    private final ObjectReader strict;
    private final ObjectReader lenient;

    Json(Limits limits) {
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(limits.jsonDepth())
                .maxStringLength(limits.jsonStringLength())
                .maxNameLength(LONGEST_NAME)
                .maxNumberLength(LONGEST_NUMBER)
                .maxTokenCount(MOST_TOKENS)
                .build();
        var factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        mapper = JsonMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                // The check below says more clearly what is wrong.
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .withCoercionConfig(
                        LogicalType.Enum, choice -> choice.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
                .addModule(new SimpleModule("strict")
                        .addDeserializer(Instant.class, new InstantJson())
                        .addDeserializer(String.class, new TextJson()))
                .build();
        strict = mapper.reader().with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        lenient = mapper.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    byte[] write(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    /** @throws BadInput if the text is not one JSON value of that shape */
    <T> T read(String text, Class<T> type, Surface surface) {
        if (text.isBlank()) {
            throw new BadInput("invalid_json", "The body is blank; it must be a JSON object.");
        }
        if (text.charAt(0) == '\uFEFF') {
            throw new BadInput("invalid_json", "The body begins with a byte order mark; send the JSON without it.");
        }
        var reader = switch (surface) {
            case OWN -> strict;
            // RFC 6749 §3.2, and AuthZEN: parameters that nobody knows are passed over.
            case DATADOG, OAUTH, AUTHZEN -> lenient;
        };
        try (var parser = mapper.createParser(text)) {
            T value = reader.forType(type).readValue(parser);
            if (value == null) {
                throw new BadInput("invalid_json", "The body must be a JSON object, not null or nothing.");
            }
            if (parser.nextToken() != null) {
                throw new BadInput("invalid_json", "There is something after the end of the JSON value in the body.");
            }
            return value;
        } catch (JacksonException failure) {
            throw JsonRefusal.of(failure);
        }
    }
}
