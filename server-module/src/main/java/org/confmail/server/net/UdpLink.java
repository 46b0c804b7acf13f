package org.confmail.server.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.metrics.Metrics.Counter;
import org.confmail.server.time.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket. A platform thread of its own waits in the system call that receives and runs the receiver, so that a datagram
 * costs two system calls and no change of threads. Send from platform threads: a virtual one would turn the socket to
 * non-blocking, which costs a further call for each datagram.
 */
public final class UdpLink implements DatagramLink {
    private static final Logger LOG = LoggerFactory.getLogger("udp");

    /** More than the longest datagram of IPv4 and of IPv6, so that none is cut off. */
    private static final int DATAGRAM_BYTES_MAX = 65_536;
    /**
     * Asked of the operating system, which may give less (Linux: net.core.rmem_max). An existing node sends all its blocks at
     * once: this is five hundred datagrams of 8 KiB that wait while something else has the processor.
     */
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
    /** Room for a few long answers, so that sending never waits for the network card. */
    private static final int SEND_BUFFER_BYTES = 1 << 20;
    /** The pause after a failure to receive, so that the processor survives one that stays. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** A peer that finds a defect of ours must not fill the log with it. */
    private static final long LOG_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final DatagramChannel channel;
    private final Ticker ticker;
    private final Counter received;
    private final Counter sent;
    private final Counter notReceived;
    private final Counter notSent;
    private final Counter notServed;
    private long logAgainNanos;

    private UdpLink(DatagramChannel channel, Ticker ticker, Metrics metrics) {
        this.channel = channel;
        this.ticker = ticker;
        this.logAgainNanos = ticker.nanos();
        received = metrics.counter("udp_datagrams_received_total", "UDP datagrams that arrived");
        sent = metrics.counter("udp_datagrams_sent_total", "UDP datagrams that were sent");
        notReceived = metrics.counter("udp_receive_failures_total", "errors while receiving UDP datagrams");
        notSent = metrics.counter("udp_send_failures_total", "UDP datagrams that the operating system did not send");
        notServed = metrics.counter("udp_datagrams_failed_total", "UDP datagrams that met a defect of this program");
    }

    /**
     * Binds; what arrives waits until {@link #start}.
     *
     * @param address the one address to receive at; empty for all of them
     * @param port 0 to 65535, 0 for any free one
     * @param ipv6 whether all addresses include those of IPv6
     */
    public static UdpLink bind(Optional<InetAddress> address, int port, boolean ipv6, Ticker ticker, Metrics metrics)
            throws IOException {
        // An unbound socket of no stated family is an IPv6 one that takes IPv4 too, whatever address it is bound to.
        DatagramChannel channel = address.isPresent() || ipv6
                ? DatagramChannel.open()
                : DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            enlarge(channel, StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            enlarge(channel, StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
            channel.bind(
                    address.map(one -> new InetSocketAddress(one, port)).orElseGet(() -> new InetSocketAddress(port)));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return new UdpLink(channel, ticker, metrics);
    }

    @Override
    public void start(Receiver receiver) {
        Thread.ofPlatform().name("udp").daemon().start(() -> receiveAll(receiver));
    }

    @Override
    public void send(InetSocketAddress to, byte[] datagram) {
        try {
            channel.send(ByteBuffer.wrap(datagram), to);
            sent.increment();
        } catch (ClosedChannelException e) {
            LOG.trace("not sent, the socket is closed", e);
        } catch (IOException | UnsupportedAddressTypeException e) {
            notSent.increment();
            LOG.debug("cannot send a datagram to {}: {}", to, e.toString());
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing the UDP socket", e);
        }
    }

    private void receiveAll(Receiver receiver) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);
        while (channel.isOpen()) {
            try {
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer.clear());
                byte[] datagram = new byte[buffer.flip().remaining()];
                buffer.get(datagram);
                received.increment();
                serve(receiver, from, datagram);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // On some systems this is a port that was unreachable for something sent before.
                notReceived.increment();
                LOG.debug("cannot receive a datagram: {}", e.toString());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void serve(Receiver receiver, InetSocketAddress from, byte[] datagram) {
        try {
            receiver.received(from, datagram);
        } catch (RuntimeException | Error e) {
            notServed.increment();
            if (ticker.nanos() - logAgainNanos >= 0) {
                logAgainNanos = ticker.nanos() + LOG_PAUSE_NANOS;
                LOG.error(
                        "a datagram of {} bytes from {} met a defect of this program and was dropped. Please report it. "
                                + "The next such line comes in a minute at the earliest; udp_datagrams_failed_total counts.",
                        datagram.length,
                        from,
                        e);
            }
        }
    }

    private static void enlarge(DatagramChannel channel, SocketOption<Integer> option, int bytes) throws IOException {
        if (channel.getOption(option) < bytes) {
            channel.setOption(option, bytes);
        }
    }
}
