package dev.sallyport.feed;

import org.jspecify.annotations.Nullable;

/** What a use case answers, and what it changed on the way. */
public record Outcome<R>(R result, @Nullable Change change) {

    public static <R> Outcome<R> changed(Change change, R result) {
        return new Outcome<>(result, change);
    }

    public static <R> Outcome<R> unchanged(R result) {
        return new Outcome<>(result, null);
    }
}
