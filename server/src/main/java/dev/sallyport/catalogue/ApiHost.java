package dev.sallyport.catalogue;

import java.net.Inet6Address;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where an API is served: a DNS name or an address, with a port where it is not the usual one (RFC 3986 §3.2.2). */
record ApiHost(String text) {

    private static final int LONGEST_NAME = 253;
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    /** The last label of a name is never a number, so that no address is taken for a name. */
    private static final Pattern NAME =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*(?![0-9]+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

    /** In lower case; empty if it is neither a name nor an address. */
    static Optional<ApiHost> parse(String text) {
        // Some letters become ASCII by folding: the Kelvin sign is no k.
        var isAscii = text.chars().allMatch(c -> c < 0x80);
        if (!isAscii || text.length() > LONGEST_NAME + ":65535".length()) {
            return Optional.empty();
        }
        var folded = text.toLowerCase(Locale.ROOT);
        var colon = folded.startsWith("[") ? folded.indexOf("]:") + 1 : folded.indexOf(':');
        var host = colon > 0 ? folded.substring(0, colon) : folded;
        var isPortRight = colon <= 0 || isPort(folded.substring(colon + 1));
        return isPortRight && isHost(host) ? Optional.of(new ApiHost(folded)) : Optional.empty();
    }

    private static boolean isPort(String text) {
        return PORT.matcher(text).matches() && Integer.parseInt(text) < 1 << 16;
    }

    private static boolean isHost(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return isIpv6(text.substring(1, text.length() - 1));
        }
        return text.length() <= LONGEST_NAME
                && (IPV4.matcher(text).matches() || NAME.matcher(text).matches());
    }

    private static boolean isIpv6(String text) {
        if (text.indexOf('%') >= 0) {
            return false;
        }
        try {
            var _ = Inet6Address.ofLiteral(text);
            return text.indexOf(':') >= 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
