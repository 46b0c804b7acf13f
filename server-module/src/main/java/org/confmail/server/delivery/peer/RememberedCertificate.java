package org.confmail.server.delivery.peer;

import org.confmail.server.net.CertificateFacts;
import org.confmail.shared.config.HostPort;

/**
 * The certificate that a server showed last.
 *
 * @param certificate its names escaped and shortened, so that they can be shown as they are
 */
public record RememberedCertificate(HostPort server, CertificateFacts certificate) {}
