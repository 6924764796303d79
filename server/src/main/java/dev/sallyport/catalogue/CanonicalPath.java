package dev.sallyport.catalogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A path that everybody on the way reads alike (RFC 3986 §3.3, §6.2.2).
 *
 * <p>Where gateway, authority and upstream could disagree about a spelling there is nothing to normalise: such a path is
 * refused. What remains needs no rewriting, so the path that was decided on is the path that is served.
 */
public final class CanonicalPath {

    /** Characters of path and query together. */
    public static final int LONGEST = 8_192;

    /** A bit each in {@link #respelled}. */
    static final int MOST_SEGMENTS = 64;

    private final String path;
    private final List<String> segments;
    private final long respelled;

    private CanonicalPath(String path, List<String> segments, long respelled) {
        this.path = path;
        this.segments = segments;
        this.respelled = respelled;
    }

    /** What a text turned out to be. */
    public sealed interface Parsed {
        record Canonical(CanonicalPath path) implements Parsed {}

        /** @param reason for people; never more of the path than one character */
        record Ambiguous(String reason) implements Parsed {}
    }

    /** @param text the request target as it was sent: a path, with or without a query */
    public static Parsed parse(String text) {
        if (text.length() > LONGEST) {
            return new Parsed.Ambiguous("The path is longer than " + LONGEST + " characters.");
        }
        var query = text.indexOf('?');
        var end = query < 0 ? text.length() : query;
        if (end == 0 || text.charAt(0) != '/') {
            return new Parsed.Ambiguous("The path does not begin with a slash.");
        }
        return parse(text, end);
    }

    private static Parsed parse(String text, int end) {
        var segments = new ArrayList<String>(12);
        var respelled = 0L;
        var start = 1;
        var isEscaped = false;
        for (var i = 1; i <= end; i++) {
            var c = i < end ? text.charAt(i) : '/';
            if (c == '%') {
                isEscaped = true;
            } else if (c == '/') {
                var segment = Segment.read(text, start, i, isEscaped);
                if (segment.flaw() != null) {
                    return new Parsed.Ambiguous(segment.flaw());
                }
                if (segment.text().isEmpty() && i < end) {
                    return new Parsed.Ambiguous("The path has an empty segment.");
                }
                if (segments.size() == MOST_SEGMENTS) {
                    return new Parsed.Ambiguous("The path has more than " + MOST_SEGMENTS + " segments.");
                }
                respelled |= segment.isRespelled() ? 1L << segments.size() : 0;
                segments.add(segment.text());
                start = i + 1;
                isEscaped = false;
            } else if (!Segment.isPlain(c)) {
                return new Parsed.Ambiguous(Segment.flawOf(c));
            }
        }
        var path = end == text.length() ? text : text.substring(0, end);
        return new Parsed.Canonical(new CanonicalPath(path, Collections.unmodifiableList(segments), respelled));
    }

    /** As it was sent, without the query. */
    public String path() {
        return path;
    }

    /** Decoded, at least one. The last is empty where the path ends in a slash; no other is. */
    public List<String> segments() {
        return segments;
    }

    /**
     * Whether the segment escapes a character that could as well stand there plainly ({@code %3A} for a colon). As a value
     * that is harmless; as the name of something, one router takes it for the plain spelling and another does not.
     */
    boolean isRespelled(int segment) {
        return (respelled & 1L << segment) != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CanonicalPath that && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path;
    }
}
