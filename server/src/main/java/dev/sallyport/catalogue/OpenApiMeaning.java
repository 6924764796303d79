package dev.sallyport.catalogue;

import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code x-authzen}: what an operation is in words of its own domain.
 *
 * <p>{@code {resource: record, action: write, when: {resource.status: archived}}}; {@code when} may be absent.
 */
final class OpenApiMeaning {

    private static final String EXTENSION = "x-authzen";
    private static final int MOST_CONDITIONS = 10;
    private static final int LONGEST_VALUE = 255;
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,99}");
    private static final Pattern PROPERTY = Pattern.compile("(resource|action|context)\\.[A-Za-z][A-Za-z0-9_-]{0,99}");

    private OpenApiMeaning() {}

    /** Null where the operation has none, or one with a flaw, which is noted. */
    static @Nullable Meaning of(Place operation, Consumer<DocumentProblem> problems) {
        if (!operation.has(EXTENSION)) {
            return null;
        }
        var place = operation.member(EXTENSION);
        var resource = word(place.member("resource"), problems);
        var action = word(place.member("action"), problems);
        var when = new TreeMap<String, String>();
        var conditions = place.member("when");
        if (conditions.node().size() > MOST_CONDITIONS
                || !(conditions.node().isMissingNode() || conditions.node().isObject())) {
            problems.accept(conditions.problem("It must be an object of at most " + MOST_CONDITIONS + " properties."));
            return null;
        }
        for (var name : conditions.names()) {
            var value = conditions.member(name);
            if (PROPERTY.matcher(name).matches() && isPlain(value)) {
                when.put(name, value.node().asString());
            } else {
                problems.accept(value.problem("It must be a property of resource, action or context, as in"
                        + " resource.status, and its value a text, a whole number, true or false."));
            }
        }
        return resource == null || action == null ? null : new Meaning(resource, action, when);
    }

    private static boolean isPlain(Place value) {
        var node = value.node();
        return node.isBoolean()
                || node.isIntegralNumber()
                || (node.isString() && node.stringValue().length() <= LONGEST_VALUE);
    }

    private static @Nullable String word(Place place, Consumer<DocumentProblem> problems) {
        var text = place.node().isString() ? place.node().stringValue() : "";
        if (WORD.matcher(text).matches()) {
            return text;
        }
        problems.accept(place.problem(
                "It must be a letter, then at most 99 letters, digits, underscores, dots or" + " hyphens."));
        return null;
    }
}
