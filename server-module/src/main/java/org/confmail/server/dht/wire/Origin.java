package org.confmail.server.dht.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Whom an address counts for: an IPv4 address for itself, an IPv6 one for its /64, of which one customer has all addresses.
 *
 * @param bits the address or its first half
 */
record Origin(boolean ipv4, long bits) {

    static Origin of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address ? new Origin(true, bytes.getInt()) : new Origin(false, bytes.getLong());
    }
}
