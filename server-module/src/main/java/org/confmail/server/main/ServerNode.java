package org.confmail.server.main;

import java.io.IOException;
import org.confmail.server.config.Settings;
import org.confmail.server.dht.Dht;
import org.confmail.server.dht.wire.Budgets;
import org.confmail.server.home.OldNodeState;
import org.confmail.server.net.DatagramLink;
import org.confmail.server.net.UdpLink;
import org.confmail.server.store.BlockStore;
import org.confmail.server.store.HeldStore;
import org.confmail.server.store.StoredKeys;
import org.confmail.server.time.SystemScheduler;
import org.confmail.server.time.Ticker;

/** The node of the Entangled network that a server runs. */
final class ServerNode {
    private ServerNode() {}

    /**
     * Starts the node.
     *
     * @throws IOException when its UDP port cannot be used, or what it remembers cannot be read
     */
    static Dht start(Foundation base, HeldStore held, BlockStore store) throws IOException {
        Settings now = base.settings().current();
        DatagramLink link = bind(base, now.listening(), now.dht().port());
        try {
            return base.teardown()
                    .own(Dht.start(new Dht.Parts(
                            link,
                            Budgets.Limits.PRODUCTION,
                            held,
                            base.home().dhtState(),
                            () -> OldNodeState.id(base.home()),
                            new StoredKeys(store),
                            base.settings().supplier(Settings::dht),
                            now.listening().enableIpv6(),
                            base.disk(),
                            base.clock(),
                            Ticker.SYSTEM,
                            // A thread of its own sends long messages: on a slow line it waits, and nobody else's
                            // time-outs wait with it.
                            base.teardown().own(new SystemScheduler()),
                            base.random(),
                            base.metrics())));
        } catch (IOException | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    private static DatagramLink bind(Foundation base, Settings.Listening where, int port) throws IOException {
        try {
            return UdpLink.bind(where.bindAddress(), port, where.enableIpv6(), Ticker.SYSTEM, base.metrics());
        } catch (IOException e) {
            throw new IOException(
                    "cannot use UDP port " + port + " (eport): " + e.getMessage() + " (does another server use it?)",
                    e);
        }
    }
}
