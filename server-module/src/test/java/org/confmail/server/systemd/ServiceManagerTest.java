package org.confmail.server.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(30)
class ServiceManagerTest {
    private static final long PID = 4711;

    @TempDir
    Path directory;

    @BeforeEach
    void needPython() {
        assumeTrue(NotifyListener.available(), "python3 plays systemd");
    }

    private String path() {
        return directory.resolve("notify").toString();
    }

    private static void lifeOfAService(String address) throws Exception {
        try (NotifyListener systemd = NotifyListener.at(address)) {
            ServiceManager manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", address), PID);
            manager.ready("port 8081\nREADY=0");
            manager.reloading();
            manager.ready("again");
            manager.stopping();
            manager.ready("too late");
            manager.alive("too late");
            manager.reloading();
            assertEquals("READY=1 STATUS=port 8081 READY=0", systemd.next());
            String reloading = systemd.next();
            assertTrue(reloading.matches("RELOADING=1 MONOTONIC_USEC=\\d{6,}"), reloading);
            long micros = Long.parseLong(reloading.substring(reloading.lastIndexOf('=') + 1));
            long now = System.nanoTime() / 1000; // the same clock, as it happens
            assertTrue(micros <= now && now - micros < 20_000_000, micros + " " + now);
            assertEquals("READY=1 STATUS=again", systemd.next());
            assertEquals("STOPPING=1 STATUS=stopping", systemd.next());
            assertEquals(List.of(), systemd.rest());
        }
    }

    @Test
    void systemdHearsOfReadyReloadAndStop() throws Exception {
        lifeOfAService(path());
    }

    @Test
    void abstractSocketsAreReachedToo() throws Exception {
        lifeOfAService("@confmail-test-" + ProcessHandle.current().pid());
    }

    @Test
    void withoutASocketNothingHappens() throws Exception {
        for (Map<String, String> environment : List.of(
                Map.<String, String>of(),
                Map.of("WATCHDOG_USEC", "1000000"),
                Map.of("NOTIFY_SOCKET", "vsock:2:1234", "WATCHDOG_USEC", "1000000"))) {
            ServiceManager manager = ServiceManager.of(environment, PID);
            manager.ready("ready");
            manager.stopping();
            assertEquals(Optional.empty(), manager.watchdog());
        }
    }

    @Test
    void socketThatIsGoneOrTooDeepDoesNotHoldTheServerUp() {
        for (String address : List.of(path(), "/" + "x".repeat(200), "@" + "x".repeat(200))) {
            ServiceManager manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", address), PID);
            manager.ready("nobody hears it");
        }
    }

    @Test
    void watchdogOfAnotherProcessIsNotOurs() {
        Map<String, String> all = Map.of("NOTIFY_SOCKET", path(), "WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "4711");
        assertEquals(
                Optional.of(Duration.ofSeconds(3)), ServiceManager.of(all, PID).watchdog());
        assertEquals(Optional.empty(), ServiceManager.of(all, PID + 1).watchdog());
        assertEquals(
                Optional.empty(),
                ServiceManager.of(Map.of("NOTIFY_SOCKET", path(), "WATCHDOG_USEC", "often"), PID)
                        .watchdog());
    }

    @Test
    void serverThatHangsIsNotVouchedFor() throws Exception {
        try (NotifyListener systemd = NotifyListener.at(path())) {
            ServiceManager manager = ServiceManager.of(NotifyListener.environment(path(), 80), PID);
            Semaphore looks = new Semaphore(0);
            CountDownLatch hung = new CountDownLatch(1);
            Watchdog.Patient server = new Watchdog.Patient() {
                @Override
                public Optional<String> trouble(Duration patience) {
                    looks.release();
                    return hung.getCount() == 0 ? Optional.of("the scheduler hangs") : Optional.empty();
                }

                @Override
                public String status() {
                    return "well";
                }
            };
            try (var _ = Watchdog.start(manager, server)) {
                assertEquals("WATCHDOG=1 STATUS=well", systemd.next());
                assertEquals("WATCHDOG=1 STATUS=well", systemd.next());
                hung.countDown();
                looks.acquire();
                looks.drainPermits();
                looks.acquire(1); // a look that may have begun before
                systemd.rest();
                looks.acquire(3);
                assertEquals(List.of(), systemd.rest());
            }
        }
    }
}
