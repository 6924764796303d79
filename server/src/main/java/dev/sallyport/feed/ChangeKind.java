package dev.sallyport.feed;

/** Which sort of row changed. A follower passes over kinds that it does not know: a newer node may write them. */
public record ChangeKind(String name) {}
