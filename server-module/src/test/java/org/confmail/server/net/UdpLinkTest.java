package org.confmail.server.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.metrics.Metrics.Sample;
import org.confmail.server.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpLinkTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress LOOPBACK6 = InetAddress.ofLiteral("::1");
    private static final int SECONDS_MAX = 10;

    private final Metrics metrics = new Metrics();
    private final Metrics otherMetrics = new Metrics();
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final UdpLink link = bind(Optional.of(LOOPBACK), false, metrics);
    private final UdpLink other = bind(Optional.of(LOOPBACK), false, otherMetrics);

    @SuppressWarnings("ArrayRecordComponent") // compared as an array
    private record Arrival(InetSocketAddress from, byte[] datagram) {}

    private static UdpLink bind(Optional<InetAddress> address, boolean ipv6, Metrics metrics) {
        try {
            return UdpLink.bind(address, 0, ipv6, Ticker.SYSTEM, metrics);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long metric(Metrics metrics, String name) {
        return metrics.samples().stream()
                .filter(sample -> sample.name().equals(name))
                .mapToLong(Sample::value)
                .findFirst()
                .orElseThrow();
    }

    private Arrival arrival() throws InterruptedException {
        @Nullable Arrival arrival = arrivals.poll(SECONDS_MAX, TimeUnit.SECONDS);
        assertNotNull(arrival, "nothing arrived");
        return arrival;
    }

    private void keep(InetSocketAddress from, byte[] datagram) {
        arrivals.add(new Arrival(from, datagram));
    }

    @AfterEach
    void close() {
        link.close();
        other.close();
    }

    @Test
    void datagramsOfAllSizesArriveWhole() throws Exception {
        link.start(this::keep);
        for (int bytes : new int[] {0, 1, 8192, 65_507}) {
            byte[] datagram = new byte[bytes];
            new Random(bytes).nextBytes(datagram);
            other.send(link.localAddress(), datagram);
            Arrival arrival = arrival();
            assertEquals(other.localAddress(), arrival.from());
            assertArrayEquals(datagram, arrival.datagram());
        }
        assertEquals(4, metric(metrics, "udp_datagrams_received_total"));
        assertEquals(4, metric(otherMetrics, "udp_datagrams_sent_total"));
    }

    @Test
    void whatArrivesBeforeTheStartIsKept() throws Exception {
        other.send(link.localAddress(), new byte[] {7});
        link.start(this::keep);
        assertArrayEquals(new byte[] {7}, arrival().datagram());
    }

    @Test
    void portThatNobodyListensToDoesNotEndReceiving() throws Exception {
        link.start(this::keep);
        InetSocketAddress gone;
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            gone = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        for (int i = 0; i < 20; i++) {
            link.send(gone, new byte[] {1});
        }
        other.send(link.localAddress(), new byte[] {2});
        assertArrayEquals(new byte[] {2}, arrival().datagram());
    }

    @Test
    void whatCannotBeSentIsCounted() throws Exception {
        link.start(this::keep);
        link.send(other.localAddress(), new byte[65_508]);
        link.send(new InetSocketAddress(LOOPBACK, 0), new byte[1]);
        link.send(new InetSocketAddress(InetAddress.ofLiteral("255.255.255.255"), 9), new byte[1]);
        assertEquals(3, metric(metrics, "udp_send_failures_total"));
        other.send(link.localAddress(), new byte[] {3});
        assertArrayEquals(new byte[] {3}, arrival().datagram());
    }

    @Test
    void addressOfAnotherFamilyIsCounted() {
        Metrics ipv4Metrics = new Metrics();
        try (UdpLink ipv4 = bind(Optional.empty(), false, ipv4Metrics)) {
            ipv4.send(new InetSocketAddress(LOOPBACK6, 9), new byte[1]);
        }
        assertEquals(1, metric(ipv4Metrics, "udp_send_failures_total"));
    }

    @Test
    void bothFamiliesArriveWhenIpv6IsEnabled() throws Exception {
        try (UdpLink both = bind(Optional.empty(), true, new Metrics());
                UdpLink ipv6 = bind(Optional.of(LOOPBACK6), true, new Metrics())) {
            both.start(this::keep);
            int port = both.localAddress().getPort();
            other.send(new InetSocketAddress(LOOPBACK, port), new byte[] {4});
            assertEquals(other.localAddress(), arrival().from());
            ipv6.send(new InetSocketAddress(LOOPBACK6, port), new byte[] {6});
            assertEquals(ipv6.localAddress(), arrival().from());
            both.send(link.localAddress(), new byte[] {4});
        }
        link.start(this::keep);
        assertArrayEquals(new byte[] {4}, arrival().datagram());
    }

    @Test
    void defectOfTheReceiverCostsOneDatagram() throws Exception {
        link.start((from, datagram) -> {
            if (datagram[0] == 1) {
                throw new IllegalStateException("a defect, made up by this test");
            }
            keep(from, datagram);
        });
        other.send(link.localAddress(), new byte[] {1});
        other.send(link.localAddress(), new byte[] {2});
        assertArrayEquals(new byte[] {2}, arrival().datagram());
        assertEquals(1, metric(metrics, "udp_datagrams_failed_total"));
    }

    @Test
    void closeEndsTheThread() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        Thread[] receiver = new Thread[1];
        link.start((_, _) -> {
            receiver[0] = Thread.currentThread();
            arrived.countDown();
        });
        other.send(link.localAddress(), new byte[1]);
        assertTrue(arrived.await(SECONDS_MAX, TimeUnit.SECONDS));
        link.close();
        receiver[0].join(TimeUnit.SECONDS.toMillis(SECONDS_MAX));
        assertFalse(receiver[0].isAlive());
        link.send(other.localAddress(), new byte[1]);
        assertEquals(0, metric(metrics, "udp_send_failures_total"));
    }

    @Test
    void portInUseIsRefused() {
        int port = link.localAddress().getPort();
        assertThrows(
                BindException.class,
                () -> UdpLink.bind(Optional.of(LOOPBACK), port, false, Ticker.SYSTEM, new Metrics()));
    }
}
