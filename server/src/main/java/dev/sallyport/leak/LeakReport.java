package dev.sallyport.leak;

import dev.sallyport.http.BadInput;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a report of GitHub: {@code [{"token":…,"type":…,"url":…,"source":…}]}. Members that the protocol may gain are passed
 * over.
 */
final class LeakReport {

    /** For ten thousand items with long addresses. */
    static final int MOST_BYTES = 8 << 20;

    static final int MOST_ITEMS = 10_000;

    /** In characters. */
    static final int LONGEST_TEXT = 1 << 16;

    private static final int MOST_JSON_TOKENS = MOST_ITEMS * 32;
    private static final int DEEPEST = 8;
    private static final Pattern TYPE = Pattern.compile("[ -~]{0,200}");

    /** One text that somebody can read, under the name that the type has at GitHub. */
    record Item(
            String token,
            String type,
            @Nullable String url,
            @Nullable String source) {
        @Override
        public String toString() {
            return "Item(" + type + ")";
        }
    }

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MOST_BYTES)
                            .maxTokenCount(MOST_JSON_TOKENS)
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_TEXT)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(Item[].class);

    private LeakReport() {}

    /** @throws BadInput if it is no report, or too long a one */
    static List<Item> parse(byte[] body) {
        Item @Nullable [] items = read(body);
        if (items == null) {
            throw new BadInput("invalid_report", "The body must be an array of reported items in JSON.");
        }
        if (items.length > MOST_ITEMS) {
            throw new BadInput("too_many_items", "A report has at most " + MOST_ITEMS + " items.");
        }
        if (!Stream.of(items).allMatch(LeakReport::isComplete)) {
            throw new BadInput(
                    "invalid_report", "Every item needs a 'token', and a 'type' of at most 200 ASCII characters.");
        }
        return List.of(items);
    }

    private static Item @Nullable [] read(byte[] body) {
        try {
            return READER.readValue(body);
        } catch (JacksonException _) {
            return null;
        }
    }

    /** What is missing in the JSON is null here. */
    private static boolean isComplete(@Nullable Item item) {
        return item != null
                && item.token() != null
                && item.type() != null
                && TYPE.matcher(item.type()).matches();
    }
}
