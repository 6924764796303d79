package dev.sallyport.leak;

import java.util.Locale;
import java.util.Optional;

/** What is done with a live credential that was reported to be public. */
public enum LeakResponse {
    /** It ends at once, and the trail says why. */
    REVOKE,
    /** Only the trail says it. */
    REPORT;

    /** The word of the configuration. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The response of that word. */
    public static Optional<LeakResponse> named(String code) {
        for (var response : values()) {
            if (response.code().equals(code)) {
                return Optional.of(response);
            }
        }
        return Optional.empty();
    }
}
