package dev.sallyport.permission;

/** Which classes of credentials an operation takes, whatever else it asks. */
public enum Accepts {
    /** A bearer token, or an application key together with an API key. */
    TOKENS_AND_KEYS,
    API_KEY_ONLY,
    NOBODY_NEEDED,
    TOKENS_ONLY,
    KEYS_ONLY
}
