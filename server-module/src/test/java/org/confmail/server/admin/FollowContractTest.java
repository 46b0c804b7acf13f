package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.confmail.server.main.WholeServer;
import org.confmail.server.session.TestClient;
import org.confmail.shared.admin.AccountMethods;
import org.confmail.shared.admin.AdminClient;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.ConnectionMethods.Connection;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.TargetChange;
import org.confmail.shared.admin.QueueMethods.TargetState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of connections and of the queue, as they come from a whole server. */
class FollowContractTest {
    @TempDir
    Path home;

    private WholeServer server;
    private AdminClient admin;

    @BeforeEach
    void start() throws Exception {
        server = WholeServer.startNew(
                home, "replpeer: 127.0.0.1:1", "repl_authkey: ReplKey00001", "retry_schedule: 0,3600");
        admin = server.admin();
    }

    @AfterEach
    void stop() throws Exception {
        admin.close();
        server.close();
    }

    private static <E> E await(BlockingQueue<E> events, Predicate<E> wanted) throws InterruptedException {
        while (true) {
            E event = Optional.ofNullable(events.poll(10, TimeUnit.SECONDS)).orElseThrow();
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    @Test
    void connectionIsFollowedFromItsOpeningToItsEnd() throws Exception {
        BlockingQueue<ConnectionMethods.Changed> events = new LinkedBlockingQueue<>();
        admin.subscribe(ConnectionMethods.FOLLOW, Nothing.AT_ALL, ConnectionMethods.CHANGED, events::add);
        long number;
        try (TestClient client = server.client()) {
            ConnectionMethods.Changed opened =
                    await(events, event -> shows(event, one -> one.doing().equals("waiting")));
            assertEquals(1, opened.total());
            number = opened.connections().getFirst().number();
            client.encrypt();
            await(events, event -> shows(event, one -> one.tls().isPresent()));
            assertEquals("DONE", client.ask("LOGIN administrator " + WholeServer.ADMINISTRATOR_KEY));
            await(events, event -> shows(event, one -> one.user().equals(Optional.of("administrator"))));
        }
        ConnectionMethods.Changed closed = await(events, event -> event.closed().contains(number));
        assertEquals(0, closed.total());
    }

    private static boolean shows(ConnectionMethods.Changed event, Predicate<Connection> wanted) {
        return event.connections().stream().anyMatch(wanted);
    }

    @Test
    void targetOfTheQueueIsFollowedThroughFailureAndHold() throws Exception {
        BlockingQueue<QueueMethods.Changed> events = new LinkedBlockingQueue<>();
        admin.subscribe(QueueMethods.FOLLOW, Nothing.AT_ALL, QueueMethods.CHANGED, events::add);
        admin.call(AccountMethods.GENERATE, new AccountMethods.HowMany(3));
        QueueMethods.Changed came = await(
                events,
                event -> event.targets().stream()
                        .anyMatch(change -> change.entriesChanged()
                                && change.line()
                                        .filter(line -> line.entries() > 0)
                                        .isPresent()));
        assertEquals("replication", came.targets().getFirst().target());
        await(
                events,
                event -> shows(event, change -> change.line().orElseThrow().failures() > 0));
        admin.call(QueueMethods.HOLD, new QueueMethods.Target("replication"));
        QueueMethods.Changed held = await(
                events,
                event -> shows(event, change -> change.line().orElseThrow().state() == TargetState.HELD));
        assertTrue(held.total() >= 1);
        assertEquals(0, held.lost());
    }

    private static boolean shows(QueueMethods.Changed event, Predicate<TargetChange> wanted) {
        return event.targets().stream().anyMatch(wanted);
    }
}
