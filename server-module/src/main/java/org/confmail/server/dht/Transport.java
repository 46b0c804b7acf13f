package org.confmail.server.dht;

import java.net.InetSocketAddress;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Message;

/** Sends messages to other nodes. What they send comes to {@link Node#received}. Belongs to the loop. */
public interface Transport {
    /**
     * Sends a message, or loses it; never blocks for long.
     *
     * @return false, with nothing sent, for a long answer to an address that has not yet shown that somebody is there who
     *     wants it; it may be sent again when it has answered a request
     */
    boolean send(Message message, InetSocketAddress to);

    /** Says that a request has been answered from this address. */
    void answered(InetSocketAddress by);

    /** Says that the answer to a request is no longer waited for. */
    void givenUp(InetSocketAddress address, Key messageId);
}
