package org.confmail.server.session;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.confmail.server.config.Settings;
import org.confmail.server.follow.Followers;
import org.confmail.server.follow.Followers.Following;
import org.confmail.server.log.ServerLog;
import org.confmail.server.net.DeadlineWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All open sessions: starts one for each accepted connection, within max_connections, and stops them in an orderly way. */
public final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(ServerLog.CONNECTION);
    /** What a connection's thread needs, once it was cut, to let go of locks and delete its temporary file. */
    private static final Duration PATIENCE_AFTER_CUT = Duration.ofSeconds(2);

    private static final byte[] BUSY = (Reply.BUSY + "\r\n").getBytes(StandardCharsets.US_ASCII);

    private final Services services;
    private final DeadlineWatch deadlines;
    private final AuthKeyMask mask;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Connection, SessionState> running = new ConcurrentHashMap<>();
    private final ReentrantLock endLock = new ReentrantLock();
    private final Condition ended = endLock.newCondition();
    private final Followers<Long> followers = new Followers<>();
    private final StoringThreads storingThreads = new StoringThreads();
    private volatile boolean stopping;

    public Sessions(Services services, DeadlineWatch deadlines) {
        this.services = services;
        this.deadlines = deadlines;
        this.mask = new AuthKeyMask(services.accounts());
    }

    /** How many connections are open. */
    public int open() {
        return open.get();
    }

    /** How many connections wait for their client's next command. */
    public int waiting() {
        return (int) running.values().stream().filter(SessionState::waiting).count();
    }

    /** The open connections, the oldest first. */
    public List<OpenConnection> list() {
        return running.keySet().stream()
                .sorted(Comparator.comparingLong(Connection::number))
                .map(OpenConnection::of)
                .toList();
    }

    /**
     * Has {@code follower} told the number of each connection that is opened, is closed, or does something else. See
     * {@link Followers#follow}.
     */
    public Following follow(Consumer<? super Long> follower) {
        return followers.follow(follower);
    }

    /** Cuts the connection of that number; false when there is none. */
    public boolean cut(long number) {
        Optional<Connection> found = running.keySet().stream()
                .filter(connection -> connection.number() == number)
                .findFirst();
        found.ifPresent(connection -> {
            connection.state().cutByOperator();
            cut(connection);
        });
        return found.isPresent();
    }

    /** Serves a new connection in a thread of its own, or tells it that there are too many. Never blocks. */
    public void accept(Socket socket) {
        Settings.Sessions settings = services.settings().get();
        if (open.incrementAndGet() > settings.maxConnections() || stopping) {
            leave();
            refuse(socket, settings.maxConnections());
            return;
        }
        services.counters().connections().increment();
        long number = numbers.incrementAndGet();
        Thread.ofVirtual().name("connection-" + number).start(() -> serve(number, socket, settings));
    }

    /**
     * Lets the commands that are running end, for at most {@code patience}, then cuts what is left. Nothing may be accepted any
     * more.
     */
    public void stop(Duration patience) {
        stopping = true;
        running.forEach((connection, state) -> {
            if (state.stop()) {
                cut(connection);
            }
        });
        if (!awaitNone(patience)) {
            LOG.warn("{} connections did not end within {} s and are cut", open.get(), patience.toSeconds());
            running.keySet().forEach(Sessions::cut);
            awaitNone(PATIENCE_AFTER_CUT);
        }
    }

    private boolean awaitNone(Duration patience) {
        endLock.lock();
        try {
            long left = patience.toNanos();
            while (open.get() > 0 && left > 0) {
                left = ended.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            endLock.unlock();
        }
        return open.get() == 0;
    }

    private void serve(long number, Socket socket, Settings.Sessions settings) {
        SessionState state =
                new SessionState(services.counters(), services.clock().instant(), () -> tell(number));
        String reason = "";
        try {
            Connection connection = new Connection(number, socket, deadlines, services.traffic(), mask, state);
            running.put(connection, state);
            tell(number);
            try (connection) {
                LOG.info(
                        "New connection # {} from {} port {}, {} connection(s) open",
                        number,
                        connection.peerHost(),
                        connection.peerPort(),
                        open.get());
                reason = stopping
                        ? "server stopping"
                        : new Session(services, settings, connection, state, mask, storingThreads).run();
            } finally {
                running.remove(connection); // after the close, which inside TLS may wait for the peer and be cut
                tell(number);
            }
        } catch (IOException e) {
            LOG.debug("closing connection # {}", number, e);
        } catch (RuntimeException e) {
            reason = "internal error";
            LOG.error("connection # {}: internal error, please report it", number, e);
        } finally {
            LOG.info("Connection # {} closed, {}, reason={}", number, state.summary(), reason);
            leave();
        }
    }

    private void tell(long number) {
        if (followers.any()) {
            followers.tell(number);
        }
    }

    private void leave() {
        if (open.decrementAndGet() > 0) {
            return;
        }
        endLock.lock();
        try {
            ended.signalAll();
        } finally {
            endLock.unlock();
        }
    }

    private void refuse(Socket socket, int maxConnections) {
        services.counters().refusedBusy().increment();
        if (stopping) {
            LOG.info("connection from {} refused: the server is stopping", socket.getRemoteSocketAddress());
        } else {
            LOG.info(
                    "connection from {} refused: max_connections ({}) are open",
                    socket.getRemoteSocketAddress(),
                    maxConnections);
        }
        try (socket) {
            socket.getOutputStream().write(BUSY); // fits the empty send buffer, so it does not block
        } catch (IOException e) {
            LOG.debug("telling a peer that the server is busy", e);
        }
    }

    private static void cut(Connection connection) {
        try {
            connection.cut();
        } catch (IOException e) {
            LOG.debug("cutting connection # {}", connection.number(), e);
        }
    }
}
