package org.confmail.server.delivery.peer;

import java.time.Duration;

/**
 * Hears how far the opening of a session has come, so that an operator who tries a server sees where it stops. Called in the
 * thread that opens. A step that began and is not done when the opening fails is the one that failed.
 */
public interface Steps {
    /** Nobody listens. */
    Steps UNHEARD = new Steps() {
        @Override
        public void began(Step step) {}

        @Override
        public void done(Step step, Duration took, String detail) {}
    };

    void began(Step step);

    /** @param detail what came of it, in words; may hold text of the peer, quoted */
    void done(Step step, Duration took, String detail);

    /** The steps in their order; a session takes those that it needs. */
    enum Step {
        /** The name of the server, or of the proxy, is looked up. */
        NAME,
        /** TCP to the server, or to the proxy. */
        CONNECT,
        /** The proxy connects to the server. */
        PROXY,
        GREETING,
        /** STARTTLS and the handshake. */
        TLS,
        /** The certificate is compared with what is pinned and remembered. */
        CERTIFICATE,
        LOGIN
    }
}
