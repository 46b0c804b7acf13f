package org.confmail.server.net;

import java.net.InetSocketAddress;

/**
 * Sends and receives datagrams: a UDP socket, or a network that a test or simulation made up. Safe for use by many threads.
 */
public interface DatagramLink extends AutoCloseable {

    /** Hands each datagram that arrives to {@code receiver}, in one thread, until the link is closed. Called once. */
    void start(Receiver receiver);

    /**
     * Sends a datagram, which may get lost. What the operating system refuses to send (no route, no room) is counted and lost
     * as well.
     *
     * @param datagram nobody changes it from now on
     */
    void send(InetSocketAddress to, byte[] datagram);

    /** Where this link receives. The address is the unspecified one if it is all of them. */
    InetSocketAddress localAddress();

    /** Ends sending and receiving; a receiver that is at work ends on its own. */
    @Override
    void close();

    /** Takes what arrives. */
    @FunctionalInterface
    interface Receiver {
        /**
         * Takes a datagram. The next one waits in the socket's buffer meanwhile.
         *
         * @param datagram the receiver's own from now on
         */
        void received(InetSocketAddress from, byte[] datagram);
    }
}
