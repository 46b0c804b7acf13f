package org.confmail.server.dht;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * The part of an address that its owner gets as a whole: /24 of IPv4, /64 of IPv6. Whoever has one has all its addresses, so
 * only a few count.
 */
record Subnet(String prefix) {
    private static final int IPV4_PREFIX_BYTES = 3;
    private static final int IPV6_PREFIX_BYTES = 8;
    private static final int UNIQUE_LOCAL_MASK = 0xfe;
    private static final int UNIQUE_LOCAL = 0xfc;

    /** The subnet of an address; empty for private, link-local and loopback ones, where neighbours are no sign of anything. */
    static Optional<Subnet> of(InetAddress address) {
        if (isLocal(address)) {
            return Optional.empty();
        }
        byte[] bytes = address.getAddress();
        int length = address instanceof Inet6Address ? IPV6_PREFIX_BYTES : IPV4_PREFIX_BYTES;
        return Optional.of(new Subnet(Arrays.toString(Arrays.copyOf(bytes, length))));
    }

    /** Whether an address means another machine in each network. */
    static boolean isLocal(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || (address instanceof Inet6Address && (address.getAddress()[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL);
    }
}
