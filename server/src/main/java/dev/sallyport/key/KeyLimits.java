package dev.sallyport.key;

/**
 * Bounds on keys.
 *
 * @param mostScopes in one request, duplicates counted
 * @param applicationKeysPerOwner live ones
 * @param apiKeysPerOrganization live ones
 */
public record KeyLimits(int mostScopes, int applicationKeysPerOwner, int apiKeysPerOrganization) {

    /** Those of the wire contract. */
    public static final KeyLimits DEFAULT = new KeyLimits(1_000, 1_000, 50);

    public KeyLimits {
        if (mostScopes < 1 || applicationKeysPerOwner < 1 || apiKeysPerOrganization < 1) {
            throw new IllegalArgumentException("there must be room for one scope and one key of each kind");
        }
    }
}
