package org.confmail.server.delivery.peer;

import java.util.Objects;

/** Why a session with another server could not begin, or has ended; the message says it in words to an operator. */
public final class PeerFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kinds that an operator tells apart. */
    public enum Kind {
        /** There is no route: the proxy that this address needs is not configured. Nothing was sent anywhere. */
        NO_ROUTE,
        /** The name has no address. */
        UNKNOWN_NAME,
        /** The network, or the host, cannot be reached. */
        UNREACHABLE,
        /** The host is there and nobody listens on the port. */
        REFUSED,
        /** The proxy gave up on the way to the host; with Tor: the circuit failed. */
        TTL_EXPIRED,
        /** The proxy itself failed, or refused us. */
        PROXY,
        /** Something took longer than it may. */
        TIME_OUT,
        /** The server takes no more connections now. */
        BUSY,
        /** What answers speaks something else. */
        PROTOCOL,
        /** TLS could not be turned on. */
        TLS,
        /** The certificate is not one of those pinned. */
        CERTIFICATE,
        /** The login was refused. */
        LOGIN,
        /** The peer closed the connection, or it was cut. */
        CLOSED
    }

    private final Kind kind;

    public PeerFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public PeerFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What happened, in words. */
    public String reason() {
        return Objects.requireNonNull(getMessage());
    }
}
