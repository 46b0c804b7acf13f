package org.confmail.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NameLookupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** As many sessions as there are with servers that clients name. */
    private static final int SESSIONS = 242;

    private final CountDownLatch released = new CountDownLatch(1);

    private InetAddress[] lookUp(String host, CountDownLatch begun) throws UnknownHostException {
        if (host.equals("hangs")) {
            begun.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host);
            }
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    private void hang(int lookups, Asking asking) throws Exception {
        CountDownLatch begun = new CountDownLatch(lookups);
        try (NameLookup names = new NameLookup(host -> lookUp(host, begun));
                ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < lookups; i++) {
                var _ = sessions.submit(() -> names.addresses("hangs", PATIENCE));
            }
            begun.await();
            try {
                asking.ask(names);
            } finally {
                released.countDown();
            }
        }
    }

    private interface Asking {
        void ask(NameLookup names) throws Exception;
    }

    @Test
    void partnersNameIsFoundWhileThoseThatClientsChooseHang() throws Exception {
        hang(
                SESSIONS,
                names -> assertEquals(
                        List.of(InetAddress.getLoopbackAddress()), names.addresses("partner.example", PATIENCE)));
    }

    @Test
    void hangingLookupsAreBounded() throws Exception {
        hang(
                NameLookup.THREADS_MAX,
                names ->
                        assertThrows(SocketTimeoutException.class, () -> names.addresses("partner.example", PATIENCE)));
    }
}
