package dev.sallyport.authentication;

/** How a credential was carried. The refusals of strangers differ by this and by nothing else. */
public enum Carrier {
    /** {@code Authorization}, or {@code DD-APPLICATION-KEY} without an API key beside it. */
    TOKEN,
    /** {@code DD-API-KEY} with {@code DD-APPLICATION-KEY}. */
    KEY_PAIR,
    /** {@code DD-API-KEY} alone. */
    API_KEY
}
