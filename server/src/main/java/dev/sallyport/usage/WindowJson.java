package dev.sallyport.usage;

import java.time.Instant;

/**
 * The days that an answer is about.
 *
 * @param counted_from the first of them that was counted
 * @param is_whole whether everything that the credential can have called in them was counted
 */
record WindowJson(int days, String from, String counted_from, boolean is_whole) {

    static WindowJson of(UsageWindow window, Instant createdAt) {
        return new WindowJson(window.days(), window.firstDate(), window.sinceDate(), window.isWholeFor(createdAt));
    }
}
