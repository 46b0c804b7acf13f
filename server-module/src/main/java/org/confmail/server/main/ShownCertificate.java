package org.confmail.server.main;

import java.io.IOException;
import org.confmail.server.admin.OwnCertificate;
import org.confmail.server.home.OwnIdentity;
import org.confmail.server.net.TlsException;
import org.confmail.server.net.TlsIdentity;
import org.confmail.server.net.TlsServer;

/** The certificate of this server, which may be renewed while it runs: connections that are open keep the old one. */
final class ShownCertificate implements OwnCertificate {
    private final OwnIdentity own;
    private volatile TlsServer server; // written by renew only

    ShownCertificate(OwnIdentity own) throws TlsException, IOException {
        this.own = own;
        this.server = new TlsServer(own.load());
    }

    /** What turns connections of this moment into TLS ones. */
    TlsServer server() {
        return server;
    }

    @Override
    public TlsIdentity identity() {
        return server.identity();
    }

    @Override
    public synchronized OwnIdentity.Renewed renew() throws IOException {
        OwnIdentity.Renewed renewed = own.renew();
        server = new TlsServer(renewed.identity());
        return renewed;
    }
}
