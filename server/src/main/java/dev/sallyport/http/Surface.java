package dev.sallyport.http;

/** Whose conventions a path follows. */
enum Surface {
    /** Under {@code /api/}: refusals are {@code {"errors":[…]}}, and members that we do not know are passed over. */
    DATADOG,
    /** Under {@code /oauth2/}: refusals are those of RFC 6749 §5.2. */
    OAUTH,
    /** Under {@code /access/}: members that we do not know are passed over; refusals are RFC 9457. */
    AUTHZEN,
    /** Everything else: refusals are RFC 9457, and a member that we do not know is a mistake. */
    OWN;

    static Surface of(String path) {
        if (path.startsWith("/api/")) {
            return DATADOG;
        }
        if (path.startsWith("/oauth2/")) {
            return OAUTH;
        }
        return path.startsWith("/access/") ? AUTHZEN : OWN;
    }
}
