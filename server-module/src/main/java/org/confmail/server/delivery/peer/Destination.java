package org.confmail.server.delivery.peer;

import java.util.Optional;
import org.confmail.shared.config.CertificatePins;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.Secret;

/** A server to connect to, and what it must be told and must show. */
public sealed interface Destination {

    HostPort server();

    /** A server that takes blocks from anybody. */
    record Open(HostPort server) implements Destination {}

    /**
     * The replication partner.
     *
     * @param authKey empty = no login is tried, and the partner refuses what is sent
     * @param pins the only certificates to accept; empty = any
     */
    record Partner(HostPort server, Optional<Secret> authKey, Optional<CertificatePins> pins) implements Destination {}
}
