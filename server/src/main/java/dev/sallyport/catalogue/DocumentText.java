package dev.sallyport.catalogue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads JSON or YAML as a tree, within bounds. */
final class DocumentText {

    static final int MOST_BYTES = 1 << 20;
    private static final int DEEPEST = 64;

    /** A real document has a token for every seven bytes or so; one made to fill the memory has one for each. */
    private static final int MOST_TOKENS = 300_000;

    private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxTokenCount(MOST_TOKENS)
            .maxStringLength(MOST_BYTES)
            .maxNumberLength(100)
            .build();

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(BOUNDS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .streamReadConstraints(BOUNDS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private DocumentText() {}

    sealed interface Result {
        record Tree(JsonNode root) implements Result {}

        record Unreadable(String reason) implements Result {}
    }

    static Result read(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            return new Result.Unreadable("It is larger than " + MOST_BYTES + " bytes.");
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return new Result.Unreadable("It is not UTF-8.");
        }
    }

    private static Result parse(String text) {
        var isJson = text.stripLeading().startsWith("{");
        try {
            // The parser hands an alias on as if it were plain text, so that what it stands for would be lost in
            // silence.
            if (!isJson && hasAlias(text)) {
                return new Result.Unreadable("It uses YAML aliases; write out what they stand for.");
            }
            ObjectMapper mapper = isJson ? JSON : YAML;
            var root = mapper.readTree(text);
            return root.isObject()
                    ? new Result.Tree(root)
                    : new Result.Unreadable("It is neither a JSON object nor a YAML mapping.");
        } catch (JacksonException e) {
            return new Result.Unreadable(
                    "It is not well-formed " + (isJson ? "JSON" : "YAML") + at(e) + ": " + firstLine(e));
        }
    }

    private static boolean hasAlias(String text) {
        try (var parser = YAML.createParser(text)) {
            while (parser.nextToken() != null) {
                if (((YAMLParser) parser).isCurrentAlias()) {
                    return true;
                }
            }
            return false;
        }
    }

    private static String at(JacksonException e) {
        var location = e.getLocation();
        return location == null || location.getLineNr() < 1 ? "" : " in line " + location.getLineNr();
    }

    private static String firstLine(JacksonException e) {
        return DocumentProblem.quoted(
                e.getOriginalMessage().lines().findFirst().orElse("").strip());
    }
}
