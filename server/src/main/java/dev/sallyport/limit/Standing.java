package dev.sallyport.limit;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a caller stands with the limits that bind it, after the call was counted.
 *
 * @param windows what binds it; empty where nothing does
 * @param exhausted the one that refused this call; null where all allowed it
 */
public record Standing(List<Window> windows, @Nullable Window exhausted) {

    /** Nothing binds. */
    public static final Standing FREE = new Standing(List.of(), null);

    public Standing {
        windows = List.copyOf(windows);
    }

    /**
     * One limit.
     *
     * @param name of the policy, like {@code credential-second}
     * @param quota how many calls
     * @param seconds in how many
     * @param left how many more now
     * @param reset seconds until there are as many again, at least 1
     */
    public record Window(String name, int quota, int seconds, long left, long reset) {

        public boolean isOfDay() {
            return seconds > 1;
        }
    }

    /** The value of {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers-10 §3). */
    public String policy() {
        return windows.stream()
                .map(window -> "\"%s\";q=%d;w=%d".formatted(window.name(), window.quota(), window.seconds()))
                .collect(Collectors.joining(", "));
    }

    /** The value of {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers-10 §4). */
    public String remaining() {
        return windows.stream()
                .map(window -> "\"%s\";r=%d;t=%d".formatted(window.name(), window.left(), window.reset()))
                .collect(Collectors.joining(", "));
    }
}
