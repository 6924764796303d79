package dev.sallyport.secret;

import org.jspecify.annotations.Nullable;

/** A text of the form of our credentials, found where it must not be. It prints without its secret. */
public final class LeakedText {

    private final CredentialForm form;
    private final Secret text;
    private final boolean isGenuine;

    private LeakedText(CredentialForm form, String text, boolean isGenuine) {
        this.form = form;
        this.text = new Secret(text);
        this.isGenuine = isGenuine;
    }

    /**
     * What the whole of this text is; null for whatever a server of that brand cannot have issued.
     *
     * <p>For API keys, which have no checksum, every text of 32 lower-case hexadecimal digits passes.
     */
    public static @Nullable LeakedText recognise(String brand, String text) {
        var token = TokenText.recognise(text);
        if (token != null) {
            return ofPrefix(brand, token.prefix(), text);
        }
        var key = KeyText.recognise(text);
        if (key != null) {
            return ofPrefix(brand, key.prefix(), text);
        }
        return ApiKeyText.recognise(text) == null ? null : of(CredentialForm.API_KEY, text);
    }

    private static @Nullable LeakedText ofPrefix(String brand, String prefix, String text) {
        for (var form : CredentialForm.values()) {
            // A key's prefix before the text of a token is none of ours, though its checksum may be right.
            if (prefix.equals(form.prefix(brand))
                    && text.length() == form.example(brand).length()) {
                return of(form, text);
            }
        }
        return null;
    }

    /** A text that the form's regular expression matches. */
    static LeakedText of(CredentialForm form, String text) {
        var isGenuine = switch (form) {
            case PERSONAL_ACCESS_TOKEN, SERVICE_ACCESS_TOKEN -> TokenText.recognise(text) != null;
            case APPLICATION_KEY -> KeyText.recognise(text) != null;
            case API_KEY -> true;
        };
        return new LeakedText(form, text, isGenuine);
    }

    public CredentialForm form() {
        return form;
    }

    public Secret text() {
        return text;
    }

    /** Whether its checksum is right; false for what only looks like one. Always true where the form has no checksum. */
    public boolean isGenuine() {
        return isGenuine;
    }

    /** Whether it is the published example of its form, which is no secret. */
    boolean isExample(String brand) {
        return text.reveal().equals(form.example(brand));
    }

    /** As much of it as may be shown: the public portion of a token, the last four characters of a key. */
    public String shown() {
        var whole = text.reveal();
        return switch (form) {
            case PERSONAL_ACCESS_TOKEN, SERVICE_ACCESS_TOKEN ->
                whole.substring(0, whole.length() - TokenText.TAIL_WIDTH) + "…";
            case APPLICATION_KEY ->
                whole.substring(0, whole.indexOf('_') + 1) + "…" + whole.substring(whole.length() - KeyText.SHOWN);
            case API_KEY -> "…" + whole.substring(whole.length() - KeyText.SHOWN);
        };
    }

    @Override
    public String toString() {
        return "LeakedText(" + shown() + ")";
    }
}
