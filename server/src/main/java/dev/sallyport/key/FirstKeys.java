package dev.sallyport.key;

/** The pair that an organization begins with, where it was asked for. */
public record FirstKeys(IssuedKey apiKey, IssuedKey applicationKey) {}
