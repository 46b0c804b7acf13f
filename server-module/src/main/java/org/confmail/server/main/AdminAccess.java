package org.confmail.server.main;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.confmail.server.account.Accounts;
import org.confmail.server.admin.AdminParts;
import org.confmail.server.admin.AdminServer;
import org.confmail.server.admin.DeliveryControl;
import org.confmail.server.admin.DhtNode;
import org.confmail.server.admin.OwnCertificate;
import org.confmail.server.admin.Reloading;
import org.confmail.server.admin.RememberedPeers;
import org.confmail.server.config.Settings;
import org.confmail.server.delivery.Delivery;
import org.confmail.server.delivery.peer.OutgoingPeers;
import org.confmail.server.delivery.peer.RememberedCertificates;
import org.confmail.server.dht.Dht;
import org.confmail.server.home.ConfigHistory;
import org.confmail.server.log.ServerLog;
import org.confmail.server.log.TrafficLog;
import org.confmail.server.net.DeadlineWatch;
import org.confmail.server.session.SelfTest;
import org.confmail.server.session.Sessions;
import org.confmail.server.time.Ticker;
import org.confmail.server.upkeep.DiskReserve;
import org.confmail.shared.config.ConfigDocument;

/**
 * What the admin socket of a server shows and steers.
 *
 * @param configAtStart what the server started with
 * @param port that clients connect to
 * @param stop begins an orderly stop of the server, and returns at once
 */
record AdminAccess(
        String serverId,
        ConfigDocument configAtStart,
        Reloading reloading,
        IntSupplier port,
        ServerLog log,
        TrafficLog traffic,
        Sessions sessions,
        Accounts accounts,
        SelfTest selfTest,
        OwnCertificate certificate,
        Delivery delivery,
        OutgoingPeers peers,
        RememberedCertificates remembered,
        Optional<Dht> dht,
        ServerUpkeep upkeep,
        DiskReserve reserve,
        Runnable stop) {

    /** Opens the socket, where config.txt names one. */
    void open(Foundation base, DeadlineWatch deadlines) throws IOException {
        Settings.Admin where = base.settings().current().admin();
        if (where.socket().isPresent()) {
            Path socket = base.home().root().resolve(where.socket().get());
            base.teardown().own(AdminServer.open(parts(base), where, socket, deadlines));
        }
    }

    private AdminParts parts(Foundation base) {
        return new AdminParts(
                Version.number(),
                serverId,
                base.home(),
                base.clock().instant(),
                base.settings(),
                configAtStart,
                new ConfigHistory(base.home(), base.disk(), base.clock()),
                reloading,
                port,
                log,
                traffic,
                sessions,
                accounts,
                selfTest,
                certificate,
                base.metrics(),
                Optional.of(new DeliveryControl(
                        delivery, peers, base.settings().supplier(Settings::delivery), base.clock(), Ticker.SYSTEM)),
                Optional.of(new RememberedPeers(remembered, base.settings().supplier(Settings::delivery))),
                dht.map(node -> new DhtNode(node, base.metrics())),
                upkeep.runs(),
                upkeep.automatic(),
                reserve,
                base.disk(),
                base.scheduler(),
                Ticker.SYSTEM,
                base.clock(),
                base.random(),
                stop);
    }
}
