package dev.sallyport.feed;

import java.util.List;

/** What a use case answers, and what it changed on the way. */
public record Outcome<R>(R result, List<Change> changes) {
    public Outcome {
        changes = List.copyOf(changes);
    }

    public static <R> Outcome<R> changed(Change change, R result) {
        return changed(List.of(change), result);
    }

    /** Several things at once, applied in that order. */
    public static <R> Outcome<R> changed(List<Change> changes, R result) {
        return new Outcome<>(result, changes);
    }

    public static <R> Outcome<R> unchanged(R result) {
        return new Outcome<>(result, List.of());
    }
}
