package dev.sallyport.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decoded parameters of a query or a form, in the order they were sent. */
public record Query(Map<String, List<String>> parameters) {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

    public Query {
        parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
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
