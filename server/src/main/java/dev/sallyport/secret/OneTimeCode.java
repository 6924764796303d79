package dev.sallyport.secret;

import java.security.SecureRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The text that a link carries and that is good for one use: {@code ddsetup_…}, {@code ddinvite_…}, in the form of a token. */
public final class OneTimeCode {

    private final Pepper pepper;
    private final String prefix;
    private final SecureRandom random;

    public OneTimeCode(Pepper pepper, String prefix, SecureRandom random) {
        this.pepper = pepper;
        this.prefix = prefix;
        this.random = random;
    }

    public Secret mint(UUID id) {
        return TokenText.mint(prefix, id, random);
    }

    public byte[] digest(Secret code) {
        return TokenText.digest(pepper, code);
    }

    public byte[] digest(TokenText code) {
        return code.digest(pepper);
    }

    /** The code in the text; null if it can be none of this kind. */
    public @Nullable TokenText recognise(String text) {
        var code = TokenText.recognise(text);
        return code != null && code.prefix().equals(prefix) ? code : null;
    }
}
