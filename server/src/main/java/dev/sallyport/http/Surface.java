package dev.sallyport.http;

/** Whose conventions a path follows. */
enum Surface {
    /** Under {@code /api/}: refusals are {@code {"errors":[…]}}, and members that we do not know are passed over. */
    DATADOG,
    /** Under {@code /oauth2/}: refusals are those of RFC 6749 §5.2. */
    OAUTH,
    /** Everything else: refusals are RFC 9457, and a member that we do not know is a mistake. */
    OWN;

    static Surface of(String path) {
        if (path.startsWith("/api/")) {
            return DATADOG;
        }
        return path.startsWith("/oauth2/") ? OAUTH : OWN;
    }
}
