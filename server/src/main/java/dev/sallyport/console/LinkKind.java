package dev.sallyport.console;

/** The links that people are given, each good for one use, and what their pages say. */
enum LinkKind {
    SETUP(
            "/setup",
            "setup_link_refused",
            "The setup link was used before, has expired, or is not one of ours. Restart 'sallyport serve': as long as no administrator holds a live token, it prints a new one.",
            "The address is incomplete. Open the whole link that 'sallyport serve' printed."),
    INVITATION(
            "/console/invitation",
            "invitation_refused",
            "The invitation was used before, has expired, was withdrawn or replaced, or is not one of ours. Ask whoever invited you for a new one.",
            "The address is incomplete. Open the whole link that you were given.");

    private final String path;
    private final String refusalCode;
    private final String refused;
    private final String incomplete;

    LinkKind(String path, String refusalCode, String refused, String incomplete) {
        this.path = path;
        this.refusalCode = refusalCode;
        this.refused = refused;
        this.incomplete = incomplete;
    }

    String path() {
        return path;
    }

    /** The word of the problem; it never changes. */
    String refusalCode() {
        return refusalCode;
    }

    /** One sentence for whatever is wrong with a code. */
    String refused() {
        return refused;
    }

    String incomplete() {
        return incomplete;
    }
}
