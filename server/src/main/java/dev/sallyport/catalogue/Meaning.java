package dev.sallyport.catalogue;

import java.util.Map;

/**
 * What an operation is in words of its own domain, for whoever asks about a record and not about a path.
 *
 * @param when properties that must have these values, by {@code resource.}, {@code action.} or {@code context.} and their name;
 *     never properties of the subject, of which only this program knows anything
 */
public record Meaning(String resource, String action, Map<String, String> when) {

    public Meaning {
        when = Map.copyOf(when);
    }
}
