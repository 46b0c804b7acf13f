package org.confmail.server.delivery.peer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.confmail.server.delivery.peer.PeerFailure.Kind;
import org.confmail.server.delivery.peer.Route.Network;
import org.confmail.server.delivery.peer.Steps.Step;
import org.confmail.server.log.TrafficLog;
import org.confmail.server.net.DeadlineWatch.Deadline;
import org.confmail.server.net.NameLookup;
import org.confmail.server.net.Socks5;
import org.confmail.server.net.SocksFailure;
import org.confmail.server.net.SocksLogin;
import org.confmail.server.time.Ticker;
import org.confmail.shared.config.HostPort;

/** Makes the TCP connection to one server, by its route. Everything here runs in the opening's thread. */
final class Dialer {
    /** More addresses than that are not tried: a name's owner says how many there are. */
    private static final int ADDRESSES_MAX = 8;
    /** Through a proxy everything takes longer (PROTOCOL section 8). */
    private static final int PROXY_TIMES = 2;
    /** What isolates one server's streams from another's on the Tor route; the password says which server. */
    private static final String ISOLATION_USER = "confmail";

    private final HostPort server;
    private final Cable cable;
    private final Deadline deadline;
    private final Ticker ticker;
    private final NameLookup names;
    private final StepClock steps;
    private final TrafficLog traffic;
    private final Duration timeout;

    Dialer(
            HostPort server,
            Cable cable,
            Deadline deadline,
            Ticker ticker,
            NameLookup names,
            StepClock steps,
            TrafficLog traffic,
            Duration timeout) {
        this.server = server;
        this.cable = cable;
        this.deadline = deadline;
        this.ticker = ticker;
        this.names = names;
        this.steps = steps;
        this.traffic = traffic;
        this.timeout = timeout;
    }

    /**
     * The connection to the server itself, nothing read from it.
     *
     * @throws PeerFailure with what kept us from it
     */
    Socket dial(Route route) throws PeerFailure {
        return switch (route) {
            case Route.Direct direct -> direct();
            case Route.Socks socks -> through(socks);
            case Route.None none ->
                throw new PeerFailure(
                        Kind.NO_ROUTE, server + ": not tried, there is no way to it. " + none.remedy() + ".");
        };
    }

    private Socket direct() throws PeerFailure {
        traffic.outgoingEvent("connecting to " + server);
        try {
            return connect(server, timeout);
        } catch (Unconnected e) {
            throw new PeerFailure(e.kind, server + ": " + e.getMessage() + ". " + remedy(e.kind), e);
        }
    }

    private Socket through(Route.Socks route) throws PeerFailure {
        traffic.outgoingEvent("connecting to " + server + " through " + name(route));
        Duration patience = timeout.multipliedBy(PROXY_TIMES);
        Optional<SocksLogin> isolation =
                route.network() == Network.TOR ? Optional.of(isolation(server)) : Optional.empty();
        long start = ticker.nanos();
        try {
            return through(route, patience, isolation);
        } catch (SocksFailure e) {
            if (isolation.isPresent() && e.kind() == SocksFailure.Kind.CREDENTIALS) {
                traffic.outgoingEvent(name(route) + " refuses credentials, so streams are not isolated");
                return throughWithoutLogin(route, patience.minusNanos(ticker.nanos() - start));
            }
            throw failure(route, e);
        }
    }

    private Socket throughWithoutLogin(Route.Socks route, Duration patience) throws PeerFailure {
        try {
            return through(route, patience, Optional.empty());
        } catch (SocksFailure e) {
            throw failure(route, e);
        }
    }

    private Socket through(Route.Socks route, Duration patience, Optional<SocksLogin> login)
            throws PeerFailure, SocksFailure {
        long start = ticker.nanos();
        Socket socket;
        try {
            socket = connect(route.proxy(), patience);
        } catch (Unconnected e) {
            throw new PeerFailure(
                    Kind.PROXY,
                    server + ": no way through " + name(route) + ": " + e.getMessage() + ". Is it running, and is "
                            + route.network().option() + " in config.txt right?",
                    e);
        }
        steps.begin(Step.PROXY);
        deadline.in(patience.minusNanos(ticker.nanos() - start));
        try {
            Socks5.connect(socket, server, login);
        } catch (SocksFailure e) {
            throw e;
        } catch (IOException e) {
            throw deadline.expired() ? late(route, patience, e) : broken(route, e);
        }
        steps.done(Step.PROXY, name(route) + " is connected to " + server);
        return socket;
    }

    private Socket connect(HostPort to, Duration patience) throws Unconnected {
        long start = ticker.nanos();
        deadline.in(patience);
        List<InetAddress> addresses = addresses(to, patience);
        steps.begin(Step.CONNECT);
        List<Unconnected> failures = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            Duration left = patience.minusNanos(ticker.nanos() - start).dividedBy(addresses.size() - i);
            try {
                Socket socket = connect(addresses.get(i), to.port(), left);
                steps.done(Step.CONNECT, "connected to " + addresses.get(i).getHostAddress() + " port " + to.port());
                return socket;
            } catch (IOException e) {
                failures.add(unconnected(addresses.get(i), e));
            }
        }
        throw together(failures);
    }

    private Socket connect(InetAddress address, int port, Duration patience) throws IOException {
        Socket socket = cable.fresh();
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.connect(new InetSocketAddress(address, port), Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE));
        return socket;
    }

    private List<InetAddress> addresses(HostPort of, Duration patience) throws Unconnected {
        Optional<InetAddress> literal = NameLookup.literal(of.host());
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        steps.begin(Step.NAME);
        try {
            List<InetAddress> found = names.addresses(of.host(), patience);
            List<InetAddress> tried = found.subList(0, Math.min(ADDRESSES_MAX, found.size()));
            steps.done(
                    Step.NAME,
                    String.join(
                            ", ",
                            tried.stream().map(InetAddress::getHostAddress).toList()));
            return tried;
        } catch (UnknownHostException e) {
            throw new Unconnected(Kind.UNKNOWN_NAME, "the name " + of.host() + " has no address", e);
        } catch (SocketTimeoutException e) {
            throw new Unconnected(Kind.TIME_OUT, "looking up " + of.host() + ": " + e.getMessage(), e);
        }
    }

    private Unconnected unconnected(InetAddress address, IOException e) {
        String text = String.valueOf(e.getMessage());
        String low = text.toLowerCase(Locale.ROOT);
        Kind kind;
        if (deadline.expired() || e instanceof SocketTimeoutException || low.contains("timed out")) {
            kind = Kind.TIME_OUT;
            text = "no answer";
        } else if (e instanceof NoRouteToHostException || low.contains("unreachable")) {
            kind = Kind.UNREACHABLE;
        } else {
            kind = e instanceof ConnectException ? Kind.REFUSED : Kind.UNREACHABLE;
        }
        return new Unconnected(kind, address.getHostAddress() + ": " + text, e);
    }

    /** The failure that tells most: where one address refuses, the host is up. */
    private static Unconnected together(List<Unconnected> failures) {
        Kind kind = Kind.UNREACHABLE;
        List<String> texts = new ArrayList<>();
        for (Unconnected failure : failures) {
            texts.add(failure.getMessage());
            if (failure.kind == Kind.REFUSED || (failure.kind == Kind.TIME_OUT && kind == Kind.UNREACHABLE)) {
                kind = failure.kind;
            }
        }
        return new Unconnected(kind, "cannot connect (" + String.join("; ", texts) + ")", failures.getLast());
    }

    private static String remedy(Kind kind) {
        return switch (kind) {
            case REFUSED -> "Is the server running there, and is the port right?";
            case UNKNOWN_NAME -> "Is the name right, and does this machine's DNS work?";
            default -> "Is the server up, and does a firewall stand between?";
        };
    }

    private PeerFailure failure(Route.Socks route, SocksFailure e) {
        String said = server + ": " + name(route) + " says: " + e.getMessage() + ". ";
        return switch (e.kind()) {
            case UNREACHABLE -> new PeerFailure(Kind.UNREACHABLE, said + remedy(Kind.UNREACHABLE), e);
            case REFUSED -> new PeerFailure(Kind.REFUSED, said + remedy(Kind.REFUSED), e);
            case TTL_EXPIRED -> new PeerFailure(Kind.TTL_EXPIRED, said + "That mostly passes; is the server up?", e);
            case TIME_OUT -> new PeerFailure(Kind.TIME_OUT, said + remedy(Kind.TIME_OUT), e);
            case GENERAL, NOT_ALLOWED -> new PeerFailure(Kind.PROXY, said + "The proxy's own log may say more.", e);
            case CREDENTIALS ->
                new PeerFailure(Kind.PROXY, said + "Let it take connections from here without a login.", e);
            case PROTOCOL ->
                new PeerFailure(
                        Kind.PROXY, said + "Is " + route.network().option() + " in config.txt a SOCKS port?", e);
        };
    }

    private PeerFailure late(Route.Socks route, Duration patience, IOException e) {
        return new PeerFailure(
                Kind.TIME_OUT,
                server + ": " + name(route) + " did not connect within " + patience.toSeconds()
                        + " s. Is the server up, and is the proxy connected to its network?",
                e);
    }

    private PeerFailure broken(Route.Socks route, IOException e) {
        return new PeerFailure(
                Kind.PROXY,
                server + ": the connection to " + name(route) + " broke: " + e.getMessage()
                        + ". The proxy's own log may say more.",
                e);
    }

    private static String name(Route.Socks route) {
        return route.network().option() + " " + route.proxy();
    }

    private static SocksLogin isolation(HostPort server) {
        String target = server.toString();
        return new SocksLogin(
                ISOLATION_USER, target.substring(Math.max(0, target.length() - SocksLogin.CHARACTERS_MAX)));
    }

    /** No TCP connection; the message has no name of the host and no remedy. */
    private static final class Unconnected extends Exception {
        private static final long serialVersionUID = 1L;
        private final Kind kind;

        Unconnected(Kind kind, String message, Exception cause) {
            super(message, cause);
            this.kind = kind;
        }
    }
}
