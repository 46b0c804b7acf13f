package org.confmail.server.delivery.peer;

import org.confmail.server.net.CertificateFacts;
import org.confmail.shared.config.HostPort;

/** Is shown the certificate of every server that a session is opened to. Used by many threads. */
@FunctionalInterface
public interface CertificateWatch {
    void seen(HostPort server, CertificateFacts certificate);
}
