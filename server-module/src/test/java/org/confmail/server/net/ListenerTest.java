package org.confmail.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ListenerTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Optional<InetAddress> LOOPBACK = Optional.of(InetAddress.ofLiteral("127.0.0.1"));

    private final AtomicInteger served = new AtomicInteger();

    private void acceptsUnseen(Optional<InetAddress> address, boolean ipv6) throws Exception {
        try (Listener listener = Listener.bind(address, 0, ipv6, _ -> served.incrementAndGet())) {
            listener.start();
            for (int i = 0; i < 3; i++) {
                assertTrue(listener.accepts(LONG), address + " " + ipv6);
            }
        }
        assertEquals(0, served.get(), "its own connections are served to nobody");
    }

    @Test
    void listenerThatAcceptsIsFoundToDoSoWhereverItListens() throws Exception {
        acceptsUnseen(LOOPBACK, false);
        acceptsUnseen(Optional.empty(), false);
    }

    @Test
    void listenerOnIpv6IsFoundToo() throws Exception {
        InetAddress loopback = InetAddress.ofLiteral("::1");
        try (var _ = new ServerSocket(0, 1, loopback)) {
            acceptsUnseen(Optional.of(loopback), false);
            acceptsUnseen(Optional.empty(), true);
        } catch (IOException e) {
            assumeTrue(false, "no IPv6 here");
        }
    }

    @Test
    void listenerThatIsStuckIsFoundOut() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        try (Listener listener = Listener.bind(LOOPBACK, 0, false, socket -> {
            stuck.countDown();
            try {
                free.await();
                socket.close();
            } catch (InterruptedException | IOException e) {
                throw new IllegalStateException(e);
            }
        })) {
            listener.start();
            assertTrue(listener.accepts(LONG));
            try (var _ = new Socket(LOOPBACK.get(), listener.port())) {
                stuck.await();
                assertFalse(listener.accepts(SHORT));
                free.countDown();
                assertTrue(listener.accepts(LONG));
            }
        }
    }

    @Test
    void listenerThatIsClosedAcceptsNothing() throws Exception {
        Listener listener = Listener.bind(LOOPBACK, 0, false, _ -> served.incrementAndGet());
        assertFalse(listener.accepts(SHORT), "not started");
        listener.start();
        listener.close();
        assertFalse(listener.accepts(SHORT));
    }
}
