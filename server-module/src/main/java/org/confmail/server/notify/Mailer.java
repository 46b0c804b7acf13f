package org.confmail.server.notify;

import java.io.IOException;

/** Sends the one mail that there is. */
@FunctionalInterface
public interface Mailer {
    /**
     * Sends it to {@code address}, within a bounded time.
     *
     * @param list with a sender's address, and the server to use
     * @throws IOException when the server does not take it; the message says why, for the log
     */
    void send(NotifyList list, String address) throws IOException;
}
