package dev.sallyport.authentication;

import dev.sallyport.http.Exchange;
import dev.sallyport.secret.TokenText;
import java.util.List;

/**
 * The one credential that a request shows.
 *
 * <p>Precedence: {@code Authorization} first, then {@code DD-APPLICATION-KEY}; what comes first is taken and nothing is fallen
 * back to. A credential header that was sent twice is refused, because two readers could take different ones.
 */
sealed interface Presented {

    Presented NOTHING = new Nothing();
    Presented REPEATED = new Repeated();
    Presented UNRECOGNISED = new Unrecognised();

    record Nothing() implements Presented {}

    record Repeated() implements Presented {}

    /** No credential that we can have issued. */
    record Unrecognised() implements Presented {}

    record Token(TokenText text) implements Presented {}

    static Presented by(Exchange exchange) {
        var authorization = exchange.headers("Authorization");
        var applicationKey = exchange.headers("DD-APPLICATION-KEY");
        if (authorization.size() > 1
                || applicationKey.size() > 1
                || exchange.headers("DD-API-KEY").size() > 1) {
            return REPEATED;
        }
        if (!authorization.isEmpty()) {
            return bearer(authorization);
        }
        return applicationKey.isEmpty() ? NOTHING : token(applicationKey.getFirst());
    }

    /** RFC 6750 §2.1; the scheme is case-insensitive (RFC 9110 §11.1). */
    private static Presented bearer(List<String> authorization) {
        var value = authorization.getFirst();
        var scheme = "Bearer ";
        if (!startsWithIgnoringAsciiCase(value, scheme)) {
            return UNRECOGNISED;
        }
        var start = scheme.length();
        while (start < value.length() && value.charAt(start) == ' ') {
            start++;
        }
        return token(value.substring(start));
    }

    private static Presented token(String text) {
        var token = TokenText.recognise(text);
        return token == null ? UNRECOGNISED : new Token(token);
    }

    /** {@link String#regionMatches(boolean, int, String, int, int)} would take the Kelvin sign for a k. */
    private static boolean startsWithIgnoringAsciiCase(String value, String prefix) {
        if (value.length() < prefix.length()) {
            return false;
        }
        for (var i = 0; i < prefix.length(); i++) {
            var character = value.charAt(i);
            var lower = character >= 'A' && character <= 'Z' ? (char) (character + ('a' - 'A')) : character;
            var wanted = prefix.charAt(i) == 'B' ? 'b' : prefix.charAt(i);
            if (lower != wanted) {
                return false;
            }
        }
        return true;
    }
}
