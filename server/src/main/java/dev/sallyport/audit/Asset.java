package dev.sallyport.audit;

/** What was changed. */
public record Asset(String id, String name) {}
