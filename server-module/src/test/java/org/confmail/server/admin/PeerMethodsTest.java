package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.confmail.server.admin.rpc.AdminSocket;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.server.admin.rpc.Pulse;
import org.confmail.server.block.Key;
import org.confmail.server.disk.FileDisk;
import org.confmail.server.net.DeadlineWatch;
import org.confmail.server.session.Await;
import org.confmail.server.time.ManualTime;
import org.confmail.shared.admin.AdminClient;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.DhtMethods;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.Entry;
import org.confmail.shared.admin.QueueMethods.Filter;
import org.confmail.shared.admin.QueueMethods.Step;
import org.confmail.shared.admin.QueueMethods.Target;
import org.confmail.shared.admin.QueueMethods.TargetState;
import org.confmail.shared.admin.ServerMethods;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The methods for queue and DHT, over a real socket, on parts that only pretend; and the time that requests may take. */
class PeerMethodsTest {
    private static final Target REPLICATION = new Target("replication");
    private static final ConnectionMethods.Page FIRST = new ConnectionMethods.Page(Optional.empty(), Optional.empty());

    @TempDir
    Path directory;

    private final ManualTime time = new ManualTime();
    private final DeadlineWatch deadlines = new DeadlineWatch(time, time);
    private final Methods methods = new Methods();
    private AdminSocket socket;
    private AdminClient admin;

    @BeforeEach
    void open() throws Exception {
        Pulse pulse = new Pulse();
        new QueueGroup(Optional.of(new FakeQueue(5)), pulse, time).register(methods);
        new DhtGroup(Optional.of(new FakeDht())).register(methods);
        Path path = directory.resolve("admin.sock");
        socket = AdminSocket.open(path, Optional.empty(), "0123abcd", new FileDisk(), methods, time, deadlines, pulse);
        admin = AdminClient.connect(path);
    }

    @AfterEach
    void close() throws Exception {
        admin.close();
        socket.close();
    }

    @Test
    void targetIsSeenHeldAndReleased() throws Exception {
        QueueMethods.TargetLine target =
                admin.call(QueueMethods.TARGETS, FIRST).targets().getFirst();
        assertEquals(5, target.entries());
        assertTrue(target.lastError().orElseThrow().contains("refuses"));
        admin.call(QueueMethods.HOLD, REPLICATION);
        assertEquals(
                TargetState.HELD,
                admin.call(QueueMethods.TARGETS, FIRST).targets().getFirst().state());
        admin.call(QueueMethods.RELEASE, REPLICATION);
        assertEquals("is tried now", admin.call(QueueMethods.RETRY, REPLICATION).text());
        assertEquals(
                AdminError.NOT_FOUND,
                assertThrows(AdminException.class, () -> admin.call(QueueMethods.RETRY, new Target("nobody")))
                        .error());
    }

    @Test
    void entriesComeInPagesInTheirOrder() throws Exception {
        List<String> names = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            QueueMethods.Entries page =
                    admin.call(QueueMethods.ENTRIES, new QueueMethods.EntriesOf("replication", next, Optional.of(2)));
            page.entries().stream().map(Entry::name).forEach(names::add);
            page.entries().forEach(entry -> assertEquals(Optional.of(FakeQueue.KEY.toString()), entry.key()));
            next = page.next();
        } while (next.isPresent());
        assertEquals(List.of("name0", "name1", "name2", "name3", "name4"), names);
    }

    @Test
    void ageBeyondTheCalendarIsRefused() {
        for (long age : new long[] {-1, Long.MAX_VALUE}) {
            Filter filter = new Filter(Optional.empty(), Optional.empty(), Optional.of(age), Optional.empty());
            assertEquals(
                    AdminError.WRONG_PARAMS,
                    assertThrows(AdminException.class, () -> admin.call(QueueMethods.COUNT, filter))
                            .error());
        }
    }

    @Test
    void entriesAreCountedRemovedAndPutBack() throws Exception {
        Filter accounts = new Filter(Optional.empty(), Optional.of("account"), Optional.empty(), Optional.empty());
        assertEquals(2, admin.call(QueueMethods.COUNT, accounts).entries());
        QueueMethods.Removed removed = admin.call(QueueMethods.REMOVE, accounts);
        assertEquals(2, removed.entries());
        assertEquals(1, admin.call(QueueMethods.REMOVED, FIRST).total());
        assertEquals(
                2,
                admin.call(QueueMethods.RESTORE, new QueueMethods.Batch(removed.batch()))
                        .entries());
        Filter all = new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        assertEquals(
                AdminError.WRONG_PARAMS,
                assertThrows(AdminException.class, () -> admin.call(QueueMethods.REMOVE, all))
                        .error());
    }

    @Test
    void probeTellsItsStepsWhileItRunsAndAtItsEnd() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        admin.listen(QueueMethods.PROBE_STEP, news -> told.add(news.step().name()));
        QueueMethods.ProbeResult result = admin.call(QueueMethods.PROBE, REPLICATION);
        assertFalse(result.well());
        assertEquals(
                List.of("name", "connect"),
                result.steps().stream().map(Step::name).toList());
        Await.until("both steps", () -> told.equals(List.of("name", "connect")));
    }

    @Test
    void nodeIsShownAndLooksUp() throws Exception {
        assertEquals(1, admin.call(DhtMethods.STATE).contacts());
        assertEquals(
                "10.0.0.1",
                admin.call(DhtMethods.CONTACTS, FIRST).contacts().getFirst().address());
        assertTrue(admin.call(DhtMethods.LOOKUP, new DhtMethods.Lookup("a".repeat(40)))
                .found());
        assertEquals(
                AdminError.WRONG_PARAMS,
                assertThrows(AdminException.class, () -> admin.call(DhtMethods.LOOKUP, new DhtMethods.Lookup("a")))
                        .error());
    }

    @Test
    void requestThatTakesTooLongIsAnsweredAndTheNextServed() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        methods.on(ServerMethods.SHUTDOWN, (nothing, caller) -> {
            entered.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Nothing.AT_ALL;
        });
        Thread clock = Thread.startVirtualThread(() -> {
            try {
                entered.await();
                time.advance(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        AdminException late = assertThrows(AdminException.class, () -> admin.call(ServerMethods.SHUTDOWN));
        assertEquals(AdminError.TIME_OUT, late.error());
        clock.join();
        assertEquals(1, admin.call(QueueMethods.TARGETS, FIRST).total());
        release.countDown();
    }

    /** A node that knows one other, which has every block. */
    private static final class FakeDht implements DhtView {
        @Override
        public DhtMethods.State state() {
            return new DhtMethods.State("b".repeat(40), 8081, 1, Optional.empty(), 2, List.of(), List.of(), List.of());
        }

        @Override
        public List<DhtMethods.Contact> contacts() {
            return List.of(new DhtMethods.Contact("c".repeat(40), "10.0.0.1", 8081, 159, 5, 0));
        }

        @Override
        public DhtMethods.Found lookup(Key key) {
            return new DhtMethods.Found(
                    true,
                    1,
                    false,
                    12,
                    List.of(new DhtMethods.Asked("c".repeat(40), "10.0.0.1", 8081, 1, 3, "a block", 12)));
        }
    }
}
