package dev.sallyport.http;

/** Whose conventions a path follows. */
enum Surface {
    /** Under {@code /api/}: refusals are {@code {"errors":[…]}}, and members that we do not know are passed over. */
    DATADOG,
    /** Everything else: refusals are RFC 9457, and a member that we do not know is a mistake. */
    OWN;

    static Surface of(String path) {
        return path.startsWith("/api/") ? DATADOG : OWN;
    }
}
