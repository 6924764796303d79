package dev.sallyport.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a call goes: an absolute {@code http} or {@code https} URL (RFC 3986), taken apart.
 *
 * <p>Stricter than the RFC where parsers differ: no user, no fragment, no empty port, and a host that is a name, or an address
 * in its usual form.
 *
 * @param host in lower case; an address of version 6 without its brackets
 * @param path with the query, as it is sent
 */
record OutboundTarget(boolean isEncrypted, String host, int port, String path) {

    private static final int LONGEST = 2_048;
    private static final int LONGEST_NAME = 253;

    /** Character by character, without alternatives in repetitions: those cost stack for every character of a URL. */
    private static final Pattern URL =
            Pattern.compile("(https?)://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?"
                    + "(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?(\\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?");

    private static final Pattern BROKEN_ENCODING = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** A last label like these makes resolvers read a name as a number: 127.1, 0x7f000001. */
    private static final Pattern NUMBER_LIKE = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    static Optional<OutboundTarget> parse(String url) {
        if (url.length() > LONGEST) {
            return Optional.empty();
        }
        var parts = URL.matcher(url);
        if (!parts.matches() || BROKEN_ENCODING.matcher(url).find()) {
            return Optional.empty();
        }
        var isEncrypted = parts.group(1).equals("https");
        var host = host(parts.group(2).toLowerCase(Locale.ROOT));
        var port = parts.group(3) == null ? isEncrypted ? 443 : 80 : Integer.parseInt(parts.group(3));
        if (host.isEmpty() || port < 1 || port > 65_535) {
            return Optional.empty();
        }
        var path = parts.group(4) == null ? "/" : parts.group(4);
        var query = parts.group(5) == null ? "" : parts.group(5);
        return Optional.of(new OutboundTarget(isEncrypted, host.get(), port, path + query));
    }

    private static Optional<String> host(String text) {
        if (text.startsWith("[")) {
            var address = text.substring(1, text.length() - 1);
            return address.indexOf(':') >= 0 && IpLiteral.matches(address) ? Optional.of(address) : Optional.empty();
        }
        return IpLiteral.matches(text) || isName(text) ? Optional.of(text) : Optional.empty();
    }

    private static boolean isName(String text) {
        var labels = text.split("\\.", -1);
        if (text.length() > LONGEST_NAME
                || NUMBER_LIKE.matcher(labels[labels.length - 1]).matches()) {
            return false;
        }
        for (var label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    boolean isLiteral() {
        return IpLiteral.matches(host);
    }

    /** As an operator writes it who allows it. */
    String hostAndPort() {
        return hostInUrl() + ":" + port;
    }

    String hostInUrl() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }
}
