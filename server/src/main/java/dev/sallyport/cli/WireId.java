package dev.sallyport.cli;

import java.util.regex.Pattern;

/** Tells ids from names. */
final class WireId {

    private static final Pattern FORM = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private WireId() {}

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}
