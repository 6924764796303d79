package dev.sallyport.directory;

import dev.sallyport.identity.DisplayName;
import java.util.Optional;

/** The rule for e-mail addresses: plain and bounded, because only the mail server knows what it delivers. */
final class EmailAddress {

    /** RFC 5321 §4.5.3.1.3, less the angle brackets. */
    static final int LONGEST = 254;

    private EmailAddress() {}

    /** What is wrong with the address, as a sentence that does not repeat it; empty if nothing is. */
    static Optional<String> problemWith(String email) {
        if (email.length() > LONGEST) {
            return Optional.of("The e-mail address must have at most " + LONGEST + " characters.");
        }
        // The folded form is what must be unique, so it has to be an address as well.
        if (!isAddress(email) || !isAddress(DisplayName.folded(email))) {
            return Optional.of("The e-mail address must be a name, one @ and a host, without blanks or controls.");
        }
        return Optional.empty();
    }

    private static boolean isAddress(String text) {
        var at = text.indexOf('@');
        return at > 0
                && at < text.length() - 1
                && at == text.lastIndexOf('@')
                && text.codePoints().noneMatch(EmailAddress::isBlank)
                && DisplayName.problemWith(text).isEmpty();
    }

    private static boolean isBlank(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point);
    }
}
