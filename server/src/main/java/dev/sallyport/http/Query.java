package dev.sallyport.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decoded parameters of a query or a form, in the order they were sent. */
public record Query(Map<String, List<String>> parameters) {

    static final Query EMPTY = new Query(Map.of());

    private static final int MOST_PARAMETERS = 100;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

    public Query {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads {@code name=value&name=value}: percent-encoded UTF-8, a plus sign for a blank, no more than 100 parameters.
     *
     * @throws BadInput if it is anything else
     */
    static Query parse(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        var parameters = new LinkedHashMap<String, List<String>>();
        var pieces = text.split("&", MOST_PARAMETERS + 1);
        if (pieces.length > MOST_PARAMETERS) {
            throw new BadInput("too_many_parameters", "There are more than " + MOST_PARAMETERS + " parameters.");
        }
        for (var piece : pieces) {
            if (!piece.isEmpty()) {
                var equals = piece.indexOf('=');
                var name = decoded(equals < 0 ? piece : piece.substring(0, equals));
                var value = decoded(equals < 0 ? "" : piece.substring(equals + 1));
                parameters.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
            }
        }
        parameters.replaceAll((_, values) -> List.copyOf(values));
        return new Query(parameters);
    }

    private static String decoded(String text) {
        return Percent.decodeForm(text)
                .orElseThrow(
                        () -> new BadInput(
                                "invalid_encoding",
                                "The parameters are not UTF-8 in percent-encoding: a percent sign and two hexadecimal digits."));
    }

    /** @throws BadInput if it was sent more than once */
    public Optional<String> one(String name) {
        var values = all(name);
        if (values.size() > 1) {
            throw new BadInput("repeated_parameter", "The parameter '" + name + "' was sent more than once.");
        }
        return values.stream().findFirst();
    }

    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    /** @throws BadInput unless it is absent or a whole number in that range, in ASCII digits */
    public int number(String name, int absent, int least, int most) {
        var text = one(name);
        if (text.isEmpty()) {
            return absent;
        }
        if (WHOLE_NUMBER.matcher(text.get()).matches()) {
            var number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new BadInput(
                "invalid_parameter",
                "The parameter '" + name + "' must be a whole number from " + least + " to " + most + ".");
    }
}
