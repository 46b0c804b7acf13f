package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.session.TestServer.Setup;
import org.confmail.server.store.BlockStore;
import org.confmail.server.store.Holder;
import org.confmail.server.time.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SELFTEST over a real connection: PASS says that a block could go its whole way now, FAIL that it could not. */
@Timeout(60)
class SelfTestTest {
    /** Existing clients wait 15 s for an answer. */
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(10);

    @TempDir
    Path home;

    private TestServer server;
    private TestClient client;
    private Path leaf;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(home, Setup.USUAL);
        client = server.client();
        leaf = Objects.requireNonNull(
                server.file(Key.sha1(Blocks.bytes(TestServer.SERVER_ID))).getParent());
    }

    @AfterEach
    void stop() throws Exception {
        server.disk.heal();
        client.close();
        server.close();
    }

    private List<String> selfTest() throws Exception {
        client.send("SELFTEST");
        return client.lines();
    }

    private void assertTold(LogLines log, String reason) {
        List<String> errors = log.messages(Level.ERROR);
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.getFirst().contains(server.home.localStore().toString()), errors::toString);
        assertTrue(errors.getFirst().contains(reason), errors::toString);
    }

    @Test
    void passMeansThatABlockCouldBeStoredAndReadBack() throws Exception {
        assertEquals(List.of("PASS"), selfTest());
        server.disk.heal();
        assertEquals(List.of("PASS"), selfTest());
        List<String> steps = server.disk.operations().stream()
                .map(step -> step.substring(0, step.lastIndexOf(' ')))
                .toList();
        assertEquals(
                List.of(
                        "open lock",
                        "lock",
                        "create",
                        "write",
                        "set time of",
                        "force",
                        "rename",
                        "force directory",
                        "delete"),
                steps);
        assertTrue(server.disk
                .operations()
                .getFirst()
                .endsWith(leaf.resolve("LOCKFILE").toString()));
        assertEquals(List.of(), server.stored());
    }

    @Test
    void eachStepThatFailsIsAFailure() throws Exception {
        assertEquals(List.of("PASS"), selfTest());
        for (int step : List.of(1, 2, 3, 4, 6, 7, 8, 9)) { // 5 sets the time, which costs readers some time, no more
            server.disk.failAt(step);
            assertEquals(List.of("FAIL STORE"), selfTest(), "step " + step);
            server.disk.heal();
            assertEquals(List.of("PASS"), selfTest(), "step " + step);
        }
    }

    @Test
    void fullDiskIsAFailure() throws Exception {
        server.disk.failFrom(1);
        try (LogLines log = LogLines.record()) {
            assertEquals(List.of("FAIL STORE"), selfTest());
            assertTold(log, FaultyDisk.MESSAGE);
        }
        server.disk.heal();
        assertEquals(List.of("PASS"), selfTest());
    }

    @Test
    void lockThatAnotherProcessKeepsIsAFailureInTime() throws Exception {
        Files.createDirectories(leaf);
        try (Holder holder = Holder.start(Holder.Language.JAVA, leaf.resolve("LOCKFILE"))
                        .orElseThrow();
                LogLines log = LogLines.record()) {
            assertEquals(Optional.of("LOCKED"), holder.said());
            client.send("SELFTEST");
            Await.until(
                    () -> "tries of the lock in " + server.disk.operations(),
                    () -> server.disk.operations().stream()
                                    .filter(step -> step.startsWith("lock "))
                                    .count()
                            > 2);
            server.time.advance(ANSWER_TIME_MAX);
            assertEquals(List.of("FAIL STORE"), client.lines());
            assertTold(log, "another process holds LOCKFILE");
        }
        assertEquals(List.of("PASS"), selfTest());
    }

    @Test
    void senderThatDoesNotRunIsAFailureWithItsSeconds() {
        AtomicReference<Optional<Duration>> overdue = new AtomicReference<>(Optional.empty());
        BlockStore store = new BlockStore(
                server.home.localStore(), new FileDisk(), TestServer.SERVER_ID, InstantSource.system(), Ticker.SYSTEM);
        SelfTest test = new SelfTest(store, TestServer.SERVER_ID, overdue::get);
        assertEquals(Optional.empty(), test.failure());
        overdue.set(Optional.of(Duration.ofMillis(961_900)));
        assertEquals(Optional.of("SENDER 961"), test.failure());
    }
}
