package dev.sallyport.decision;

import java.util.List;

/** Values of {@code WWW-Authenticate} (RFC 6750 §3). */
public final class Challenge {

    /** No error code where nothing was sent (RFC 6750 §3.1). */
    public static final String BEARER = "Bearer realm=\"sallyport\"";

    public static final String INVALID_TOKEN = BEARER + ", error=\"invalid_token\"";

    private Challenge() {}

    /** All the scopes that are missing, in one go. */
    public static String insufficientScope(List<String> missing) {
        var challenge = BEARER + ", error=\"insufficient_scope\"";
        return missing.isEmpty() ? challenge : challenge + ", scope=\"" + String.join(" ", missing) + "\"";
    }
}
