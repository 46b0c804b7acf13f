package org.confmail.server.admin;

import java.io.IOException;
import org.confmail.server.home.OwnIdentity;
import org.confmail.server.net.TlsIdentity;

/** The certificate that connections are shown. */
public interface OwnCertificate {
    /** The one of this moment. */
    TlsIdentity identity();

    /** Makes another one, durably, and shows it to connections that begin from then on. One call at a time. */
    OwnIdentity.Renewed renew() throws IOException;
}
