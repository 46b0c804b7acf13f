package org.confmail.server.admin;

import java.io.IOException;
import java.util.List;
import org.confmail.shared.admin.CertificateMethods.Certificate;

/** The certificates that other servers have shown, as operators see them. */
public interface PeerCertificates {
    /** All that are remembered, sorted by server. */
    List<Certificate> list();

    /** Forgets those of a server (host:port); durable when this returns. Returns how many there were. */
    int forget(String server) throws IOException;
}
