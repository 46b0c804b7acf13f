package org.confmail.server.dht;

import java.net.InetSocketAddress;
import org.confmail.server.dht.wire.Message;

/** Sends messages to other nodes. What they send comes to {@link Node#received}. */
@FunctionalInterface
public interface Transport {
    /** Sends a message, or loses it; never blocks for long and never fails. */
    void send(Message message, InetSocketAddress to);
}
