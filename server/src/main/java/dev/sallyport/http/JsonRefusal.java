package dev.sallyport.http;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Says in our own words why a body was refused: where, and what is expected there.
 *
 * <p>The parser's messages quote what was sent, which may be a secret, and name classes; they never leave this class.
 */
final class JsonRefusal {

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private static final String A_NUMBER = "a number within its range";

    private JsonRefusal() {}

    /** A defect of the record itself, which is nobody's input, is thrown on as it is. */
    static RuntimeException of(JacksonException failure) {
        return switch (failure) {
            case StreamConstraintsException _ ->
                new BadInput(
                        "json_over_limit",
                        "The body is nested too deeply, or a text, a name or a number in it is too long, at "
                                + place(failure) + ".");
            case InputCoercionException _ ->
                new BadInput(
                        "invalid_member",
                        "The value of " + pointer(failure) + " in the body must be " + A_NUMBER + ".");
            case StreamReadException _ -> unreadable(failure);
            case UnrecognizedPropertyException _ ->
                new BadInput("unknown_member", "The member " + pointer(failure) + " of the body is not known.");
            case ValueInstantiationException _ when failure.getCause() instanceof BadInput cause -> cause;
            case ValueInstantiationException _ ->
                new BadInput("invalid_member", "The value of " + pointer(failure) + " in the body is not allowed.");
            case InvalidDefinitionException _ -> failure;
            case MismatchedInputException mismatch ->
                new BadInput(
                        "invalid_member",
                        "The value of " + pointer(failure) + " in the body must be " + expected(mismatch) + ".");
            default ->
                new BadInput("invalid_member", "The value of " + pointer(failure) + " in the body cannot be read.");
        };
    }

    private static BadInput unreadable(JacksonException failure) {
        // The parser has no exception of its own for this, and whoever sends a member twice needs to hear it.
        if (failure.getOriginalMessage().startsWith("Duplicate")) {
            return new BadInput("duplicate_member", "A member of an object is there twice, at " + place(failure) + ".");
        }
        return new BadInput("invalid_json", "The body is not JSON, from " + place(failure) + " on.");
    }

    private static String place(JacksonException failure) {
        var location = failure.getLocation();
        return location == null ? "its end" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** RFC 6901, in quotation marks. Names that are not plain words are shown as a question mark. */
    private static String pointer(JacksonException failure) {
        if (failure.getPath().isEmpty()) {
            return "the whole";
        }
        return failure.getPath().stream()
                .map(step -> {
                    var name = step.getPropertyName();
                    if (name == null) {
                        return "/" + step.getIndex();
                    }
                    return PLAIN_NAME.matcher(name).matches() ? "/" + name : "/?";
                })
                .collect(Collectors.joining("", "'", "'"));
    }

    private static String expected(MismatchedInputException mismatch) {
        var type = mismatch.getTargetType();
        if (type == null) {
            return "of another type";
        }
        if (type == String.class) {
            return "a text of Unicode characters other than U+0000";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == Instant.class) {
            return "a time as in 2026-11-23T09:00:00Z (RFC 3339)";
        }
        if (type == UUID.class) {
            return "a UUID";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return A_NUMBER;
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }
}
