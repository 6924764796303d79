package dev.sallyport.token;

import java.util.Arrays;
import java.util.Optional;

/**
 * The orders in which tokens are listed. The id breaks ties; what was never used counts as used before everything else, and
 * what never ends as ending after it.
 */
enum TokenSort {
    NAME("name"),
    NAME_DESCENDING("-name"),
    CREATED("created_at"),
    CREATED_DESCENDING("-created_at"),
    EXPIRES("expires_at"),
    EXPIRES_DESCENDING("-expires_at"),
    LAST_USED("last_used_at"),
    LAST_USED_DESCENDING("-last_used_at");

    private final String code;

    TokenSort(String code) {
        this.code = code;
    }

    /** The word of the wire. */
    String code() {
        return code;
    }

    static Optional<TokenSort> parse(String code) {
        return Arrays.stream(values()).filter(sort -> sort.code.equals(code)).findFirst();
    }
}
