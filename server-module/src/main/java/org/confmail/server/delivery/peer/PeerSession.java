package org.confmail.server.delivery.peer;

import java.io.IOException;

/** An open session to another server. Belongs to one thread. */
public interface PeerSession extends AutoCloseable {

    /**
     * Sends a command, and returns the line that answers it.
     *
     * @throws PeerFailure when the session has ended: cut, too late, or out of step
     */
    String ask(String command) throws PeerFailure;

    /**
     * Sends a command with its block, and returns the line that answers it.
     *
     * @throws PeerFailure as {@link #ask} does
     * @throws IOException when the block cannot be read from its file; the session has ended then too
     */
    String send(String command, OutgoingBlock block) throws PeerFailure, IOException;

    /** Says QUIT where the session is whole, and closes it. Never throws, never waits long. */
    @Override
    void close();
}
