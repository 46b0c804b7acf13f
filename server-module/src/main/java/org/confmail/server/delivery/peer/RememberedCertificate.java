package org.confmail.server.delivery.peer;

import java.time.Instant;
import java.util.Optional;
import org.confmail.server.net.CertificateFacts;
import org.confmail.shared.config.HostPort;

/**
 * The certificate that a server showed last.
 *
 * @param firstSeen when it showed this certificate first; empty in the records of older versions
 * @param lastSeen when it showed it last, since the start of this server: that is not written down
 * @param certificate its names escaped and shortened, so that they can be shown as they are
 */
public record RememberedCertificate(
        HostPort server, CertificateFacts certificate, Optional<Instant> firstSeen, Optional<Instant> lastSeen) {}
