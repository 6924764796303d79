package dev.sallyport.secret;

/** A text that is shown once to the one it belongs to. It prints as nothing, and is compared by nobody. */
public final class Secret {

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** The text itself: for the answer that shows it, and for the digest. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "Secret(hidden)";
    }
}
