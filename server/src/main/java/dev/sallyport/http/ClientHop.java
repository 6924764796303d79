package dev.sallyport.http;

import java.util.List;

/**
 * Where the client's address stands.
 *
 * @param hops how many proxies of our own are before us; each appends the address it saw to {@code X-Forwarded-For}. 0 means
 *     that clients connect directly, and that the header is theirs to forge
 */
public record ClientHop(int hops) {

    public static final ClientHop DIRECT = new ClientHop(0);

    private static final int MOST = 16;

    public ClientHop {
        if (hops < 0 || hops > MOST) {
            throw new IllegalArgumentException("hops must be from 0 to " + MOST);
        }
    }

    /** The entry that many places from the right of all values joined; the peer where that is no address. */
    public String address(String peer, List<String> forwardedFor) {
        var left = hops;
        for (var i = forwardedFor.size() - 1; i >= 0 && left > 0; i--) {
            var value = forwardedFor.get(i);
            var end = value.length();
            while (end >= 0 && left > 0) {
                var start = value.lastIndexOf(',', end - 1) + 1;
                if (--left == 0) {
                    var entry = value.substring(start, end).strip();
                    return IpLiteral.matches(entry) ? entry : peer;
                }
                end = start - 1;
            }
        }
        return peer;
    }
}
