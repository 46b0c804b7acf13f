package org.confmail.server.admin;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.confmail.server.config.Settings;
import org.confmail.server.delivery.peer.RememberedCertificate;
import org.confmail.server.delivery.peer.RememberedCertificates;
import org.confmail.shared.admin.CertificateMethods.Certificate;
import org.confmail.shared.config.HostPort;

/** The remembered certificates as operators see them. */
public final class RememberedPeers implements PeerCertificates {
    private final RememberedCertificates remembered;
    private final Supplier<Settings.Delivery> settings;

    public RememberedPeers(RememberedCertificates remembered, Supplier<Settings.Delivery> settings) {
        this.remembered = remembered;
        this.settings = settings;
    }

    @Override
    public List<Certificate> list() {
        return remembered.snapshot().stream()
                .map(this::shown)
                .sorted(Comparator.comparing(each -> each.server() + " " + each.digest()))
                .toList();
    }

    @Override
    public int forget(String server) throws IOException {
        Optional<HostPort> parsed = HostPort.parse(server);
        return parsed.isPresent() && remembered.forget(parsed.get()) ? 1 : 0;
    }

    private Certificate shown(RememberedCertificate each) {
        boolean pinned = settings.get()
                .replication()
                .filter(partner -> partner.peer().equals(each.server()))
                .flatMap(Settings.Replication::pins)
                .filter(pins -> pins.match(each.certificate().digest()))
                .isPresent();
        return new Certificate(
                each.server().toString(),
                each.certificate().digest(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(each.certificate().validUntil()),
                pinned);
    }
}
