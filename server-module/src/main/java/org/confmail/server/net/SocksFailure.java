package org.confmail.server.net;

import java.io.IOException;

/** A SOCKS proxy did not make the connection that it was asked for. The message holds nothing that the proxy wrote. */
public final class SocksFailure extends IOException {
    private static final long serialVersionUID = 1L;

    /** What went wrong; RFC 1928 section 6, and what the Tor project adds to it. */
    public enum Kind {
        /** The proxy failed by itself, or gave no reason that we know. */
        GENERAL,
        /** The rules of the proxy forbid this connection. */
        NOT_ALLOWED,
        /** The proxy wants a login, or not the one that it got. */
        CREDENTIALS,
        /** The network or the host cannot be reached, or the proxy found no address for the name. */
        UNREACHABLE,
        /** Nobody listens there. */
        REFUSED,
        /** The way to the host was cut; with Tor: the circuit failed. */
        TTL_EXPIRED,
        /** The proxy, or the hidden service, took too long. */
        TIME_OUT,
        /** What listens there does not speak SOCKS 5. */
        PROTOCOL
    }

    private final Kind kind;

    SocksFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What the reply code in the proxy's answer means. */
    static SocksFailure ofReply(int code) {
        return switch (code) {
            case 0x01 -> new SocksFailure(Kind.GENERAL, "general failure");
            case 0x02 -> new SocksFailure(Kind.NOT_ALLOWED, "not allowed by the proxy's rules");
            case 0x03 -> new SocksFailure(Kind.UNREACHABLE, "network unreachable");
            case 0x04 -> new SocksFailure(Kind.UNREACHABLE, "host unreachable");
            case 0x05 -> new SocksFailure(Kind.REFUSED, "connection refused");
            case 0x06 -> new SocksFailure(Kind.TTL_EXPIRED, "TTL expired");
            case 0x07 -> new SocksFailure(Kind.GENERAL, "the proxy makes no connections for others");
            case 0x08 -> new SocksFailure(Kind.GENERAL, "the proxy takes no addresses of this type");
            case 0xf0 -> new SocksFailure(Kind.UNREACHABLE, "the hidden service is unknown: no descriptor was found");
            case 0xf1 -> new SocksFailure(Kind.UNREACHABLE, "the hidden service's descriptor is invalid");
            case 0xf2 ->
                new SocksFailure(Kind.UNREACHABLE, "the hidden service did not answer at its introduction points");
            case 0xf3 -> new SocksFailure(Kind.UNREACHABLE, "no rendezvous with the hidden service");
            case 0xf4 -> new SocksFailure(Kind.NOT_ALLOWED, "the hidden service wants a client key, and Tor has none");
            case 0xf5 -> new SocksFailure(Kind.NOT_ALLOWED, "the hidden service refused Tor's client key");
            case 0xf6 -> new SocksFailure(Kind.UNREACHABLE, "the .onion address is invalid");
            case 0xf7 -> new SocksFailure(Kind.TIME_OUT, "the hidden service's introduction timed out");
            default -> new SocksFailure(Kind.GENERAL, "failure " + code);
        };
    }
}
