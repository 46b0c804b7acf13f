package org.confmail.server.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.confmail.server.admin.rpc.Caller;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.server.home.OwnIdentity;
import org.confmail.server.net.CertificateFacts;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.CertificateMethods;
import org.confmail.shared.admin.CertificateMethods.Certificate;
import org.confmail.shared.admin.CertificateMethods.Forgotten;
import org.confmail.shared.admin.CertificateMethods.Remembered;
import org.confmail.shared.admin.CertificateMethods.Renewed;
import org.confmail.shared.admin.CertificateMethods.Server;
import org.confmail.shared.admin.ConnectionMethods.Page;
import org.confmail.shared.config.HostPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Certificates: our own, and those that other servers have shown. */
final class CertificateGroup {
    private static final Logger LOG = LoggerFactory.getLogger("admin");

    private final OwnCertificate own;
    private final Optional<PeerCertificates> peers;

    CertificateGroup(OwnCertificate own, Optional<PeerCertificates> peers) {
        this.own = own;
        this.peers = peers;
    }

    void register(Methods methods) {
        methods.on(CertificateMethods.OWN, (nothing, caller) -> present())
                .on(CertificateMethods.RENEW, this::renew)
                .on(CertificateMethods.LIST, this::list)
                .on(CertificateMethods.FORGET, this::forget);
    }

    /** The certificate of this moment. */
    CertificateMethods.OwnCertificate present() {
        return shown(own.identity().facts());
    }

    private Renewed renew(Nothing nothing, Caller caller) throws IOException {
        String before = own.identity().digest();
        OwnIdentity.Renewed renewed = own.renew();
        LOG.warn(
                "own certificate renewed by {}: {} in the place of {}. A partner that pins it (repl_cert) needs the new"
                        + " digest.",
                caller.who(),
                renewed.identity().digest(),
                before);
        return new Renewed(
                shown(renewed.identity().facts()),
                before,
                renewed.kept().stream().map(Path::toString).toList());
    }

    private static CertificateMethods.OwnCertificate shown(CertificateFacts facts) {
        return new CertificateMethods.OwnCertificate(
                facts.digest(),
                facts.subject(),
                facts.keyAlgorithm() + " " + facts.keyBits(),
                facts.signatureAlgorithm(),
                facts.validFrom(),
                facts.validUntil());
    }

    private Remembered list(Page page, Caller caller) throws AdminException {
        Paging<Certificate> found =
                Paging.of(peers().list(), each -> each.server() + " " + each.digest(), page.after(), page.limit());
        return new Remembered(found.items(), found.total(), found.next());
    }

    private Forgotten forget(Server server, Caller caller) throws AdminException, IOException {
        if (HostPort.parse(server.server()).isEmpty()) {
            throw new AdminException(
                    AdminError.WRONG_PARAMS, "'server' must be host:port, as certificates.list has it");
        }
        int count = peers().forget(server.server());
        if (count == 0) {
            throw new AdminException(
                    AdminError.NOT_FOUND,
                    "no certificate of " + server.server() + " is remembered; certificates.list has all");
        }
        LOG.info("certificates of {} forgotten by {}", server.server(), caller.who());
        return new Forgotten(count);
    }

    private PeerCertificates peers() throws AdminException {
        return peers.orElseThrow(() -> new AdminException(
                AdminError.UNAVAILABLE, "this server sends nothing to other servers, so it remembers no certificates"));
    }
}
