package dev.sallyport.secret;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds texts of the form of our credentials in bytes that come in pieces, in one pass and little memory.
 *
 * <p>Tokens and application keys are found wherever they stand, and the published examples are passed over. An API key has a
 * common form, so it is found only behind a name like {@code DD_API_KEY}, {@code api-key} or {@code apiKey} in the same line.
 * Zero bytes are passed over, so that what a program wrote in UTF-16 is read too. One finder reads one file.
 */
public final class LeakFinder {

    /** @param line counted from 1 */
    public record Hit(LeakedText found, long line) {}

    /** How far before an API key its name may begin. */
    static final int NAME_REACH = 120;

    private static final Pattern NAME = Pattern.compile("api[_-]?key");
    private static final int WINDOW = 64 << 10;
    private static final int UNDERSCORES = 2;

    private final String brand;
    private final Consumer<Hit> hits;
    /** How many bytes from a place decide what stands there, the one behind it included. */
    private final int reach;

    private final byte[] window = new byte[WINDOW];
    private int end;
    private int next;
    private long line = 1;

    public LeakFinder(String brand, Consumer<Hit> hits) {
        this.brand = brand;
        this.hits = hits;
        this.reach = CredentialForm.PERSONAL_ACCESS_TOKEN.prefix(brand).length()
                + UNDERSCORES
                + Base62.UUID_WIDTH
                + TokenText.TAIL_WIDTH
                + 1;
    }

    /** The next bytes of the file, the first so many of the array. */
    public void feed(byte[] bytes, int length) {
        for (var i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                if (end == WINDOW) {
                    slide();
                }
                window[end++] = bytes[i];
            }
        }
    }

    /** There are no more bytes. */
    public void finish() {
        search(end);
    }

    private void slide() {
        search(end - reach + 1);
        var kept = Math.max(0, next - NAME_REACH);
        System.arraycopy(window, kept, window, 0, end - kept);
        end -= kept;
        next -= kept;
    }

    private void search(int limit) {
        while (next < limit) {
            if (window[next] == '\n') {
                line++;
            }
            var found = at(next);
            if (found == null) {
                next++;
                continue;
            }
            if (!found.isExample(brand)) {
                hits.accept(new Hit(found, line));
            }
            // Something that only looks like one may have a genuine one inside.
            next += found.isGenuine() ? found.text().reveal().length() : 1;
        }
    }

    private @Nullable LeakedText at(int from) {
        if (window[from] == brand.charAt(0) && isAt(from, brand)) {
            for (var form : CredentialForm.values()) {
                if (form.hasChecksum() && isOf(form, from)) {
                    return found(form, from);
                }
            }
        }
        return isApiKey(from) ? found(CredentialForm.API_KEY, from) : null;
    }

    private LeakedText found(CredentialForm form, int from) {
        var length = form.example(brand).length();
        return LeakedText.of(form, new String(window, from, length, StandardCharsets.ISO_8859_1));
    }

    /** Underscores where the example has them, digits everywhere else behind the prefix. */
    private boolean isOf(CredentialForm form, int from) {
        var prefix = form.prefix(brand) + "_";
        if (!isAt(from, prefix)) {
            return false;
        }
        var example = form.example(brand);
        if (from + example.length() > end) {
            return false;
        }
        for (var i = prefix.length(); i < example.length(); i++) {
            var isRight = example.charAt(i) == '_' ? window[from + i] == '_' : Base62.digit(window[from + i]) >= 0;
            if (!isRight) {
                return false;
            }
        }
        return true;
    }

    private boolean isAt(int from, String text) {
        if (from + text.length() > end) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            if (window[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isApiKey(int from) {
        var behind = from + ApiKeyText.WIDTH;
        if (!ApiKeyText.isDigit(window[from]) || behind > end || (from > 0 && Base62.digit(window[from - 1]) >= 0)) {
            return false;
        }
        for (var i = from; i < behind; i++) {
            if (!ApiKeyText.isDigit(window[i])) {
                return false;
            }
        }
        return (behind == end || Base62.digit(window[behind]) < 0) && isNamed(from);
    }

    private boolean isNamed(int from) {
        var start = from;
        while (start > 0 && from - start < NAME_REACH && window[start - 1] != '\n') {
            start--;
        }
        var before = new String(window, start, from - start, StandardCharsets.ISO_8859_1);
        return NAME.matcher(before.toLowerCase(Locale.ROOT)).find();
    }
}
