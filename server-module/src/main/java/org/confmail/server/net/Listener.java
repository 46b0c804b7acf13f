package org.confmail.server.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening TCP port. Its own virtual thread accepts and hands each socket on at once; {@code onAccept} must not block.
 */
public final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("listener");
    private static final int BACKLOG = 1024;
    /** The pause after a failed accept (no file descriptors left, say), so that the log and the processor survive it. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final ServerSocketChannel channel;
    private final Consumer<Socket> onAccept;
    /** The own connections of {@link #accepts}, by the address that they come from. */
    private final Map<SocketAddress, CountDownLatch> probes = new ConcurrentHashMap<>();

    private Listener(ServerSocketChannel channel, Consumer<Socket> onAccept) {
        this.channel = channel;
        this.onAccept = onAccept;
    }

    /**
     * Binds, and accepts from {@link #start} on.
     *
     * @param address the one address to listen on; empty for all of them
     * @param port 0 to 65535, 0 for any free one
     * @param ipv6 whether all addresses include those of IPv6
     */
    public static Listener bind(Optional<InetAddress> address, int port, boolean ipv6, Consumer<Socket> onAccept)
            throws IOException {
        // An unbound socket of no stated family is an IPv6 one that takes IPv4 too, whatever address it is bound to.
        ServerSocketChannel channel = address.isPresent() || ipv6
                ? ServerSocketChannel.open()
                : ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            InetSocketAddress where =
                    address.map(one -> new InetSocketAddress(one, port)).orElseGet(() -> new InetSocketAddress(port));
            channel.bind(where, BACKLOG);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return new Listener(channel, onAccept);
    }

    /** Starts to accept. */
    public void start() {
        Thread.ofVirtual().name("listener").start(this::acceptAll);
    }

    /** The port that was bound. */
    public int port() {
        return channel.socket().getLocalPort();
    }

    /**
     * Whether a connection to this port is accepted within that time. Nobody is told of it, and it counts as none. Blocks.
     */
    public boolean accepts(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        InetAddress bound = channel.socket().getInetAddress();
        InetAddress address = bound.isAnyLocalAddress() ? InetAddress.ofLiteral("127.0.0.1") : bound;
        try (SocketChannel probe = SocketChannel.open(
                address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET)) {
            probe.bind(new InetSocketAddress(address, 0));
            CountDownLatch accepted = new CountDownLatch(1);
            SocketAddress self = probe.getLocalAddress();
            probes.put(self, accepted);
            try {
                probe.socket().connect(new InetSocketAddress(address, port()), (int) Math.max(1, patience.toMillis()));
                return accepted.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } finally {
                probes.remove(self);
            }
        } catch (IOException e) {
            LOG.warn("cannot connect to the own port {}: {}", port(), e.toString());
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private boolean isProbe(SocketChannel accepted) throws IOException {
        CountDownLatch probe = probes.isEmpty() ? null : probes.get(accepted.getRemoteAddress());
        if (probe != null) {
            probe.countDown();
        }
        return probe != null;
    }

    private void acceptAll() {
        while (channel.isOpen()) {
            try {
                SocketChannel accepted = channel.accept();
                try {
                    if (!channel.isOpen()) {
                        // It came in while the port was being closed.
                        accepted.close();
                        return;
                    }
                    if (isProbe(accepted)) {
                        accepted.close();
                        continue;
                    }
                    accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    accepted.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                    onAccept.accept(accepted.socket());
                } catch (IOException | RuntimeException | Error e) {
                    // Whatever it was, the next connection may be served.
                    LOG.warn("cannot serve a new connection: {}. It was closed.", e.toString());
                    accepted.close();
                }
            } catch (AsynchronousCloseException e) {
                return;
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.error(
                        "cannot accept connections: {}. Trying again. If files are short, raise the limit on open files.",
                        e.getMessage());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
