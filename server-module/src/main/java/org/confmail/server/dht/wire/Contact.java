package org.confmail.server.dht.wire;

import java.net.InetSocketAddress;
import org.confmail.server.block.Key;

/**
 * A node and where it is said to be.
 *
 * @param id the node's id
 * @param address an IP address, never a name to be resolved, and a port from 1 to 65535
 */
public record Contact(Key id, InetSocketAddress address) {
    public Contact {
        if (address.isUnresolved() || address.getPort() == 0) {
            throw new IllegalArgumentException("a contact needs an IP address and a port, not " + address);
        }
    }
}
