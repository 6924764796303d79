package dev.sallyport.door;

import dev.sallyport.http.ClientHop;
import dev.sallyport.http.RequestHead;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The request that Envoy asks about, as it describes it.
 *
 * <p>Envoy gives the headers one by one, or with those of one name joined by commas. A joined value is read as if each part had
 * been sent by itself: no credential has a comma, so one that seems to is two.
 */
final class CheckedRequest implements RequestHead {

    private static final String FORWARDED_FOR = "x-forwarded-for";

    private final AttributeContext.HttpRequest http;
    private final String source;
    private final String peer;
    private final ClientHop hop;

    /** @param peer the gateway's address */
    CheckedRequest(AttributeContext attributes, String peer, ClientHop hop) {
        this.http = attributes.getRequest().getHttp();
        this.source = attributes.getSource().getAddress().getSocketAddress().getAddress();
        this.peer = peer;
        this.hop = hop;
    }

    String method() {
        return http.getMethod();
    }

    /** With the query, as it was sent. */
    String path() {
        return http.getPath();
    }

    /** Whether there is one method and one path: the headers that HTTP/2 has for both say the same where they are told. */
    boolean isReadable() {
        return !http.getMethod().isEmpty()
                && !http.getPath().isEmpty()
                && isOnly(http.getMethod(), ":method")
                && isOnly(http.getPath(), ":path");
    }

    private boolean isOnly(String value, String header) {
        return http.hasHeaderMap()
                ? single(header).stream().allMatch(value::equals)
                : value.equals(http.getHeadersOrDefault(header, value));
    }

    @Override
    public List<String> headers(String name) {
        return http.hasHeaderMap() ? single(name) : split(joined(name));
    }

    private List<String> single(String name) {
        var values = new ArrayList<String>(1);
        for (var header : http.getHeaderMap().getHeadersList()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                values.add(text(header));
            }
        }
        return values;
    }

    /** Envoy tells a value as bytes where it is set up to. */
    private static String text(HeaderValue header) {
        return header.getRawValue().isEmpty()
                ? header.getValue()
                : header.getRawValue().toString(StandardCharsets.ISO_8859_1);
    }

    private @Nullable String joined(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return http.getHeadersCount() > 0 && http.containsHeaders(lower) ? http.getHeadersOrThrow(lower) : null;
    }

    private static List<String> split(@Nullable String joined) {
        if (joined == null) {
            return List.of();
        }
        if (joined.indexOf(',') < 0) {
            return List.of(joined);
        }
        var values = new ArrayList<String>(2);
        for (var from = 0; from <= joined.length(); ) {
            var comma = joined.indexOf(',', from);
            var end = comma < 0 ? joined.length() : comma;
            values.add(joined.substring(from, end).strip());
            from = end + 1;
        }
        return values;
    }

    @Override
    public @Nullable String header(String name) {
        if (!http.hasHeaderMap()) {
            return joined(name);
        }
        var values = single(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    /**
     * The gateway itself is the first hop, and says whom it saw. It appends that to {@code X-Forwarded-For} only where it is set
     * up to, so the last entry may be the client's own invention.
     */
    @Override
    public String clientAddress() {
        if (hop.hops() == 0) {
            return peer;
        }
        var forwarded = headers(FORWARDED_FOR);
        if (!source.isEmpty() && !isLast(source, forwarded)) {
            forwarded = new ArrayList<>(forwarded);
            forwarded.add(source);
        }
        return hop.address(peer, forwarded);
    }

    private static boolean isLast(String address, List<String> forwarded) {
        if (forwarded.isEmpty()) {
            return false;
        }
        var last = forwarded.getLast();
        return last.substring(last.lastIndexOf(',') + 1).strip().equals(address);
    }
}
