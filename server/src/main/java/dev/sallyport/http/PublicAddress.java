package dev.sallyport.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses belong to the public network: none that the special-purpose registries of IANA (RFC 6890) set apart, none
 * of multicast, and of version 6 only what is allocated as global unicast and carries no address of version 4.
 */
final class PublicAddress {

    /** @param network the bits of the prefix alone */
    private record Block(int bytes, BigInteger network, int bits) {

        static Block of(String text) {
            var slash = text.indexOf('/');
            var address = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
            var bits = Integer.parseInt(text.substring(slash + 1));
            return new Block(address.length, prefix(address, bits), bits);
        }

        private static BigInteger prefix(byte[] address, int bits) {
            return new BigInteger(1, address).shiftRight(address.length * Byte.SIZE - bits);
        }

        boolean holds(byte[] address) {
            return address.length == bytes && prefix(address, bits).equals(network);
        }
    }

    private static final List<Block> NOT_PUBLIC = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "2620:4f:8000::/48",
            "3fff::/20");

    private static final Block GLOBAL_UNICAST = Block.of("2000::/3");

    private PublicAddress() {}

    private static List<Block> blocks(String... texts) {
        return List.of(texts).stream().map(Block::of).toList();
    }

    /** @param address four bytes, or sixteen */
    static boolean matches(byte[] address) {
        var isAllocated = address.length == 4 || (address.length == 16 && GLOBAL_UNICAST.holds(address));
        return isAllocated && NOT_PUBLIC.stream().noneMatch(block -> block.holds(address));
    }
}
