package org.confmail.server.delivery.peer;

/** Opens sessions to other servers. Safe for use by many threads. */
public interface Peers {

    /**
     * Connects, reads the greeting, turns TLS on, checks the certificate, and logs in where the destination says so. Blocks the
     * calling thread, for a bounded time.
     *
     * @throws PeerFailure when any step fails; nothing stays open then
     */
    PeerSession open(Destination destination) throws PeerFailure;
}
