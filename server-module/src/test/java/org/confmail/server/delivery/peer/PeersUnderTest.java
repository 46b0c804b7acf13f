package org.confmail.server.delivery.peer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.confmail.server.config.Settings;
import org.confmail.server.log.TrafficLog;
import org.confmail.server.net.CertificateFacts;
import org.confmail.server.net.DeadlineWatch;
import org.confmail.server.net.NameLookup;
import org.confmail.server.time.ManualTime;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.PreferredConnection;

/** Outgoing sessions whose deadlines act only when a test moves {@link #time}, and whose names are looked up in {@link #hosts}. */
public final class PeersUnderTest implements AutoCloseable {
    public static final Duration TIMEOUT = Duration.ofSeconds(60);
    static final Settings.Routes DIRECT = new Settings.Routes(
            Optional.empty(), Optional.empty(), Optional.empty(), false, PreferredConnection.DIRECT);

    public final ManualTime time = new ManualTime();
    final Map<String, InetAddress[]> hosts = new ConcurrentHashMap<>();
    final List<String> lookedUp = new CopyOnWriteArrayList<>();
    final List<Seen> seen = new CopyOnWriteArrayList<>();
    public final OutgoingPeers peers;

    private final DeadlineWatch watch = new DeadlineWatch(time, time);
    private final NameLookup names = new NameLookup(this::lookUp);

    record Seen(HostPort server, CertificateFacts certificate) {}

    public PeersUnderTest() {
        this(DIRECT);
    }

    PeersUnderTest(Settings.Routes routes) {
        Settings.Sessions limits = new Settings.Sessions(20, TIMEOUT, 768, true, false);
        peers = new OutgoingPeers(
                () -> limits,
                () -> routes,
                names,
                (server, certificate) -> seen.add(new Seen(server, certificate)),
                watch,
                time,
                new TrafficLog());
    }

    @Override
    public void close() {
        peers.close();
        names.close();
        watch.close();
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        lookedUp.add(host);
        InetAddress[] addresses = hosts.get(host);
        if (addresses == null) {
            throw new UnknownHostException(host);
        }
        return addresses;
    }
}
