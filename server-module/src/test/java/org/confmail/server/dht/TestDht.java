package org.confmail.server.dht;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.block.KnownKeys;
import org.confmail.server.block.Stamp;
import org.confmail.server.config.Settings;
import org.confmail.server.dht.wire.Budgets;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.net.UdpLink;
import org.confmail.server.session.Await;
import org.confmail.server.store.HeldStore;
import org.confmail.server.time.SystemScheduler;
import org.confmail.server.time.Ticker;
import org.confmail.shared.config.HostPort;

/** A node on a loopback port with a home of its own, that takes part in the real time. */
public final class TestDht implements AutoCloseable {
    private final SystemScheduler scheduler = new SystemScheduler();
    private final Dht dht;

    /**
     * @param home an existing directory
     * @param port 0 for any
     */
    public TestDht(Path home, int port, List<Integer> knodes, InstantSource clock) throws IOException {
        this(home, port, knodes, clock, Budgets.Limits.PRODUCTION);
    }

    /** The same with other budgets than a server's. */
    public TestDht(Path home, int port, List<Integer> knodes, InstantSource clock, Budgets.Limits limits)
            throws IOException {
        Files.createDirectories(home.resolve("entangled"));
        Metrics metrics = new Metrics();
        List<HostPort> hosts =
                knodes.stream().map(knode -> new HostPort("127.0.0.1", knode)).toList();
        dht = Dht.start(new Dht.Parts(
                UdpLink.bind(Optional.of(InetAddress.getLoopbackAddress()), port, false, Ticker.SYSTEM, metrics),
                limits,
                new HeldStore(home.resolve("entangled"), new FileDisk(), "0123abcd", clock, Ticker.SYSTEM, () -> false),
                home.resolve("dht.node"),
                Optional::empty,
                KnownKeys.NONE,
                () -> new Settings.Dht(true, port, hosts),
                false,
                new FileDisk(),
                clock,
                Ticker.SYSTEM,
                scheduler,
                new SecureRandom(),
                metrics));
    }

    public Dht dht() {
        return dht;
    }

    int port() {
        return dht.port();
    }

    int contacts() {
        return dht.snapshot().map(NodeSnapshot::contacts).orElse(0);
    }

    /** Waits until the node knows so many others. */
    public void awaitContacts(int count) throws Exception {
        Await.until(() -> count + " contacts; there are " + contacts(), () -> contacts() >= count);
    }

    /** A data block that the DHT takes. */
    public static byte[] dataBlock(byte[] data, InstantSource clock) {
        String stamp = Stamp.format(clock.instant().minusSeconds(60));
        String proof = Blocks.proof(Blocks.bytes(stamp + Blocks.text(data)), 20);
        return Blocks.bytes("Type: data\nDate: " + stamp + "\nVersion: 1\nProofOfWork: " + proof + "\nData: "
                + data.length + "\n" + Blocks.text(data));
    }

    /** Its key. */
    public static Key key(byte[] data) {
        return Key.sha1(data);
    }

    @Override
    public void close() {
        dht.close();
        scheduler.close();
    }
}
