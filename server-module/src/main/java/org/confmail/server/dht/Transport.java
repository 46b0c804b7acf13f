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

    /**
     * Asks for leave to send a value; it uses up what the address may be sent. So nothing has to be read for one who may not
     * have it.
     *
     * @param bytes how long the value is, nearly
     */
    Leave leaveForValue(InetSocketAddress to, long bytes);

    /** Whether a value may be sent to an address. */
    enum Leave {
        GRANTED,
        /** The address has had enough. */
        REFUSED,
        /** The address has not shown that somebody is there who wants it. */
        PROOF_WANTED
    }

    /** Sends a value for which there is leave. */
    void sendValue(Message.Response answer, InetSocketAddress to);

    /** Whether parts of the answer to a request have come, the last of them a moment ago. */
    boolean isArriving(InetSocketAddress from, Key messageId);

    /** Says that a request has been answered from this address. */
    void answered(InetSocketAddress by);

    /** Says that the answer to a request is no longer waited for. */
    void givenUp(InetSocketAddress address, Key messageId);
}
