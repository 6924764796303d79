package dev.sallyport.authentication;

import dev.sallyport.http.RequestHead;
import dev.sallyport.secret.ApiKeyText;
import dev.sallyport.secret.KeyText;
import dev.sallyport.secret.TokenText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one credential that a request shows.
 *
 * <p>Precedence: {@code Authorization} first, then a token in {@code DD-APPLICATION-KEY}, then the pair of {@code DD-API-KEY}
 * and an application key, then an API key alone. What comes first is taken and nothing is fallen back to. A carrier that was
 * sent twice is refused, because two readers could take different ones.
 */
sealed interface Presented {

    Presented NOTHING = new Nothing();
    Presented REPEATED = new Repeated();

    record Nothing() implements Presented {}

    record Repeated() implements Presented {}

    /** No credential that we can have issued. */
    record Unrecognised(Carrier carrier) implements Presented {}

    record Token(TokenText text) implements Presented {}

    record KeyPair(ApiKeyText apiKey, KeyText applicationKey) implements Presented {}

    record ApiKey(ApiKeyText text) implements Presented {}

    /** @param query the raw query, of an operation that still takes keys there; empty for any other */
    static Presented by(RequestHead head, String query) {
        var authorization = head.headers("Authorization");
        var applicationKey = carried(head.headers("DD-APPLICATION-KEY"), query, "application_key=");
        var apiKey = carried(head.headers("DD-API-KEY"), query, "api_key=");
        if (authorization.size() > 1 || applicationKey.size() > 1 || apiKey.size() > 1) {
            return REPEATED;
        }
        if (!authorization.isEmpty()) {
            return bearer(authorization);
        }
        if (!applicationKey.isEmpty()) {
            return applicationKey(applicationKey.getFirst(), apiKey.isEmpty() ? null : apiKey.getFirst());
        }
        return apiKey.isEmpty() ? NOTHING : apiKey(apiKey.getFirst());
    }

    /** No key has a character that would have to be encoded, so an encoded one is none of ours. */
    private static List<String> carried(List<String> header, String query, String parameter) {
        if (query.isEmpty()) {
            return header;
        }
        var values = new ArrayList<>(header);
        for (var from = 0; from <= query.length(); ) {
            var end = query.indexOf('&', from);
            var next = end < 0 ? query.length() : end;
            if (query.startsWith(parameter, from)) {
                values.add(query.substring(from + parameter.length(), next));
            }
            from = next + 1;
        }
        return values;
    }

    /** RFC 6750 §2.1; the scheme is case-insensitive (RFC 9110 §11.1). */
    private static Presented bearer(List<String> authorization) {
        var value = authorization.getFirst();
        var scheme = "Bearer ";
        if (!startsWithIgnoringAsciiCase(value, scheme)) {
            return new Unrecognised(Carrier.TOKEN);
        }
        var start = scheme.length();
        while (start < value.length() && value.charAt(start) == ' ') {
            start++;
        }
        var token = TokenText.recognise(value.substring(start));
        return token == null ? new Unrecognised(Carrier.TOKEN) : new Token(token);
    }

    private static Presented applicationKey(String text, @Nullable String apiKey) {
        var token = TokenText.recognise(text);
        if (token != null) {
            return new Token(token);
        }
        if (apiKey == null) {
            return new Unrecognised(Carrier.TOKEN);
        }
        var key = KeyText.recognise(text);
        var companion = ApiKeyText.recognise(apiKey);
        return key == null || companion == null ? new Unrecognised(Carrier.KEY_PAIR) : new KeyPair(companion, key);
    }

    private static Presented apiKey(String text) {
        var key = ApiKeyText.recognise(text);
        return key == null ? new Unrecognised(Carrier.API_KEY) : new ApiKey(key);
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
