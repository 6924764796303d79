package dev.sallyport.token;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.secret.Pepper;
import dev.sallyport.secret.Secret;
import dev.sallyport.secret.TokenText;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** The text that a setup link carries: {@code ddsetup_…}, in the form of a token. */
final class SetupCode {

    private final Pepper pepper;
    private final String prefix;
    private final SecureRandom random;

    SetupCode(Pepper pepper, String prefix, SecureRandom random) {
        this.pepper = pepper;
        this.prefix = prefix;
        this.random = random;
    }

    Secret mint(CredentialId id) {
        return TokenText.mint(prefix, id.value(), random);
    }

    byte[] digest(Secret code) {
        return TokenText.digest(pepper, code);
    }

    byte[] digest(TokenText code) {
        return code.digest(pepper);
    }

    /** The code in the text; null if it can be none of ours. */
    @Nullable
    TokenText recognise(String text) {
        var code = TokenText.recognise(text);
        return code != null && code.prefix().equals(prefix) ? code : null;
    }
}
