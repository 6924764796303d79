package dev.sallyport.authzen;

import dev.sallyport.http.BadInput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Where a search goes on, and which search that is: its parameters and what there was to look through. It is no secret and
 * grants nothing; it only keeps somebody from joining pages of two searches.
 */
record PageToken(int next, String search) {

    private static final int DIGEST_CHARACTERS = 32;
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})-([0-9a-f]{" + DIGEST_CHARACTERS + "})");

    /** @param parameters all that the answer depends on */
    static String digestOf(String parameters) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(parameters.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws BadInput if it is no token of that search */
    static PageToken read(String text, String search) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches() || !matcher.group(2).equals(search)) {
            throw new BadInput(
                    "invalid_page_token",
                    "The page token is not of this search, or the API has changed since. Repeat the parameters, or"
                            + " begin again without a token.");
        }
        return new PageToken(Integer.parseInt(matcher.group(1)), search);
    }

    @Override
    public String toString() {
        return next + "-" + search;
    }
}
