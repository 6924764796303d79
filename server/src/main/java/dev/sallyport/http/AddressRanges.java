package dev.sallyport.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ranges of addresses in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3). An address of version 4 that is written as one of
 * version 6 is the one of version 4.
 */
public final class AddressRanges {

    /** Anywhere. */
    public static final AddressRanges ANYWHERE = new AddressRanges(List.of());

    private static final int LONGEST = 49;

    /** The bits beyond the prefix are zero. */
    private record Range(Address address, int bits) {}

    private record Address(List<Byte> bytes) {}

    private final List<byte[]> networks = new ArrayList<>();
    private final int[] prefixes;

    private AddressRanges(List<Range> ranges) {
        prefixes = new int[ranges.size()];
        for (var range : ranges) {
            prefixes[networks.size()] = range.bits();
            networks.add(bytes(range.address()));
        }
    }

    private static byte[] bytes(Address address) {
        var bytes = new byte[address.bytes().size()];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = address.bytes().get(i);
        }
        return bytes;
    }

    /**
     * A range as it is stored: the network in full, a slash, the length of the prefix. An address alone is the range of itself.
     * Empty for whatever is no range.
     */
    public static Optional<String> canonical(String text) {
        return Optional.ofNullable(range(text)).map(range -> text(range));
    }

    /** Ranges as they are stored; none means anywhere. */
    public static AddressRanges ofStored(List<String> canonical) {
        var ranges = new ArrayList<Range>();
        for (var text : canonical) {
            var range = range(text);
            if (range == null) {
                throw new IllegalArgumentException("a stored range cannot be read");
            }
            ranges.add(range);
        }
        return ranges.isEmpty() ? ANYWHERE : new AddressRanges(ranges);
    }

    /** As they are stored. */
    public List<String> toStored() {
        var texts = new ArrayList<String>();
        for (var i = 0; i < prefixes.length; i++) {
            texts.add(text(new Range(address(networks.get(i)), prefixes[i])));
        }
        return texts;
    }

    /** Whether an address is in one of them. What is no address is nowhere. */
    public boolean contain(String address) {
        if (networks.isEmpty()) {
            return true;
        }
        var bytes = parse(address);
        if (bytes == null) {
            return false;
        }
        for (var i = 0; i < prefixes.length; i++) {
            if (matches(networks.get(i), prefixes[i], bytes)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] network, int prefix, byte[] address) {
        return network.length == address.length && Arrays.equals(network, masked(address, prefix));
    }

    private static byte[] masked(byte[] address, int prefix) {
        var masked = address.clone();
        for (var i = 0; i < masked.length; i++) {
            var kept = Math.clamp(prefix - i * 8L, 0, 8);
            masked[i] &= (byte) (0xFF << (8 - kept));
        }
        return masked;
    }

    private static @Nullable Range range(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        var slash = text.indexOf('/');
        var address = parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        var bits = slash < 0 ? address.length * 8 : prefix(text.substring(slash + 1), address.length * 8);
        return bits < 0 ? null : new Range(address(masked(address, bits)), bits);
    }

    private static Address address(byte[] bytes) {
        var boxed = new ArrayList<Byte>();
        for (var octet : bytes) {
            boxed.add(octet);
        }
        return new Address(List.copyOf(boxed));
    }

    private static int prefix(String text, int most) {
        if (!text.matches("0|[1-9][0-9]{0,2}")) {
            return -1;
        }
        var bits = Integer.parseInt(text);
        return bits > most ? -1 : bits;
    }

    /** A literal is never looked up by name. */
    private static byte @Nullable [] parse(String text) {
        if (!IpLiteral.matches(text)) {
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a literal address was not read as one", e);
        }
    }

    private static String text(Range range) {
        try {
            return InetAddress.getByAddress(bytes(range.address())).getHostAddress() + "/" + range.bits();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    /** The same ranges in the same order. */
    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRanges that
                && Arrays.equals(prefixes, that.prefixes)
                && Arrays.deepEquals(networks.toArray(), that.networks.toArray());
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(prefixes) + Arrays.deepHashCode(networks.toArray());
    }
}
