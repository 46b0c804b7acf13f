package org.confmail.server.delivery.peer;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.confmail.server.config.Settings;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.log.TrafficLog;
import org.confmail.server.net.DeadlineWatch;
import org.confmail.server.net.DeadlineWatch.Deadline;
import org.confmail.server.net.NameLookup;
import org.confmail.server.net.Pace;
import org.confmail.server.time.Ticker;
import org.confmail.shared.config.HostPort;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sessions to real servers, by the settings of the moment. {@link #close} cuts all of them, so that a server that stops
 * need not wait for its peers.
 */
public final class OutgoingPeers implements Peers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("peer");

    private final Supplier<Settings.Sessions> limits;
    private final Supplier<Settings.Routes> routes;
    private final NameLookup names;
    private final CertificateWatch certificates;
    private final DeadlineWatch watch;
    private final Ticker ticker;
    private final TrafficLog traffic;
    private final Set<Cable> cables = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** @param limits timeout and slowest_connection hold in this direction as well */
    public OutgoingPeers(
            Supplier<Settings.Sessions> limits,
            Supplier<Settings.Routes> routes,
            NameLookup names,
            CertificateWatch certificates,
            DeadlineWatch watch,
            Ticker ticker,
            TrafficLog traffic) {
        this.limits = limits;
        this.routes = routes;
        this.names = names;
        this.certificates = certificates;
        this.watch = watch;
        this.ticker = ticker;
        this.traffic = traffic;
    }

    @Override
    public PeerSession open(Destination destination) throws PeerFailure {
        return open(destination, Steps.UNHEARD);
    }

    /** As {@link #open(Destination)}, telling how far it has come. What is sent is the same, to the byte. */
    public PeerSession open(Destination destination, Steps heard) throws PeerFailure {
        Cable cable = new Cable();
        Deadline deadline = watch.watch(cable);
        cables.add(cable);
        boolean opened = false;
        try {
            PeerSession session = open(destination, new StepClock(heard, ticker), cable, deadline);
            opened = true;
            return session;
        } catch (PeerFailure e) {
            traffic.outgoingEvent("failed: " + e.reason());
            throw stopped ? stopping(destination.server(), e) : e;
        } finally {
            if (!opened) {
                release(cable, deadline);
            }
        }
    }

    /** Cuts all sessions, and lets none be opened any more. */
    @Override
    public void close() {
        stopped = true;
        cables.forEach(OutgoingPeers::cut);
    }

    private PeerSession open(Destination destination, StepClock steps, Cable cable, Deadline deadline)
            throws PeerFailure {
        HostPort server = destination.server();
        if (stopped) {
            throw stopping(server, null);
        }
        Settings.Sessions settings = limits.get();
        Duration timeout = settings.timeout();
        Socket socket = new Dialer(server, cable, deadline, ticker, names, steps, traffic, timeout)
                .dial(Route.to(server, routes.get()));
        Wire wire;
        try {
            wire = new Wire(server, socket, deadline, traffic);
        } catch (IOException e) {
            throw new PeerFailure(Kind.CLOSED, server + ": the connection was lost at once: " + e.getMessage(), e);
        }
        new Opening(destination, wire, timeout, steps, certificates).run();
        Pace pace = new Pace(deadline, ticker, timeout, settings.slowestConnection());
        return new OpenSession(wire, pace, timeout, () -> release(cable, deadline));
    }

    private void release(Cable cable, Deadline deadline) {
        deadline.close();
        cut(cable);
        cables.remove(cable);
    }

    private static void cut(Cable cable) {
        try {
            cable.close();
        } catch (IOException e) {
            LOG.debug("closing a connection to another server", e);
        }
    }

    private static PeerFailure stopping(HostPort server, @Nullable PeerFailure cause) {
        String reason = server + ": not sent to, this server is stopping.";
        return cause == null ? new PeerFailure(Kind.CLOSED, reason) : new PeerFailure(Kind.CLOSED, reason, cause);
    }
}
