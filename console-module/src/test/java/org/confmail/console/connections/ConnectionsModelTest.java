package org.confmail.console.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.console.remote.OneByOne.Tally;
import org.confmail.console.testing.ManualClockwork;
import org.confmail.console.testing.ScriptedRemote;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.ConnectionMethods.Changed;
import org.confmail.shared.admin.ConnectionMethods.Closed;
import org.confmail.shared.admin.ConnectionMethods.Connection;
import org.confmail.shared.admin.ConnectionMethods.Connections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionsModelTest {
    private final ManualClockwork time = new ManualClockwork();
    private final ScriptedRemote remote = new ScriptedRemote();
    private final List<Connection> atServer = new ArrayList<>();
    private final ConnectionsModel model = new ConnectionsModel(remote, time);

    @BeforeEach
    void script() {
        atServer.addAll(List.of(connection(1, "waiting"), connection(2, "waiting")));
        remote.on(
                ConnectionMethods.LIST, _ -> new Connections(List.copyOf(atServer), atServer.size(), Optional.empty()));
        remote.on(ConnectionMethods.FOLLOW, _ -> new Subscribed(1));
    }

    @Test
    void changesAreShownAtOnce() {
        model.start();
        assertTrue(model.live().get());
        assertEquals(List.of(1L, 2L), numbers());

        tell(0, List.of(connection(2, "STORE"), connection(3, "waiting")), List.of(1L));
        assertEquals(List.of(2L, 3L), numbers());
        assertEquals("STORE", model.connections().get().getFirst().doing());
    }

    @Test
    void serverThatTellsNoChangesIsAskedAgainAndAgain() {
        remote.refuse(ConnectionMethods.FOLLOW, AdminError.UNAVAILABLE, "this server tells of no changes");
        model.start();
        assertFalse(model.live().get());
        assertEquals(List.of(1L, 2L), numbers());
        atServer.removeFirst();
        time.advance(Duration.ofSeconds(2));
        assertEquals(List.of(2L), numbers());
    }

    @Test
    void connectionThatClosedWhileTheListWasUnderWayDoesNotComeBack() {
        model.start();
        remote.hold();
        model.refresh();
        tell(0, List.of(), List.of(1L));
        remote.release();
        assertEquals(List.of(2L), numbers());
    }

    @Test
    void lostChangesMakeItAskForTheWhole() {
        model.start();
        atServer.add(connection(9, "waiting"));
        tell(3, List.of(), List.of());
        assertEquals(List.of(1L, 2L, 9L), numbers());
    }

    @Test
    void whatWasToldLastStaysWhileTheServerIsGone() {
        model.start();
        remote.leave();
        assertEquals(List.of(1L, 2L), numbers());
        atServer.clear();
        remote.comeBack();
        assertEquals(List.of(), numbers());
        assertEquals(1, remote.subscriptions());
    }

    @Test
    void nothingIsAskedWhileTheViewIsHidden() {
        model.start();
        model.stop();
        int asked = remote.calls(ConnectionMethods.LIST).size();
        time.advance(Duration.ofMinutes(5));
        assertEquals(asked, remote.calls(ConnectionMethods.LIST).size());
        assertEquals(0, remote.subscriptions());
        assertEquals(0, time.repeating());
    }

    @Test
    void nothingIsAskedWhenTheViewWasHiddenBeforeTheSubscriptionWasMade() {
        remote.hold();
        model.start();
        model.stop();
        remote.release();
        assertEquals(0, remote.subscriptions());
        assertEquals(0, time.repeating());

        remote.refuse(ConnectionMethods.FOLLOW, AdminError.UNAVAILABLE, "this server tells of no changes");
        remote.hold();
        model.start();
        model.stop();
        remote.release();
        assertEquals(0, time.repeating());
    }

    @Test
    void connectionThatOpenedWhileTheListWasUnderWayStays() {
        model.start();
        remote.hold();
        model.refresh();
        tell(0, List.of(connection(3, "waiting")), List.of());
        remote.release();
        assertEquals(List.of(1L, 2L, 3L), numbers());
    }

    @Test
    void cutsEachAndTellsOfThoseThatWereGone() {
        remote.on(ConnectionMethods.CLOSE, which -> new Closed(which.number()));
        model.start();
        List<Tally<Connection>> told = new ArrayList<>();
        model.cut(model.connections().get()).done(told::add);
        assertEquals(2, told.getFirst().done().size());
        assertEquals(
                List.of(1L, 2L),
                remote.calls(ConnectionMethods.CLOSE).stream()
                        .map(ConnectionMethods.Which::number)
                        .toList());

        remote.refuse(ConnectionMethods.CLOSE, AdminError.NOT_FOUND, "connection 1 is not open");
        model.cut(model.connections().get()).done(told::add);
        assertEquals(2, told.getLast().refused().size());
    }

    @Test
    void restIsLeftWhenTheServerGoesAwayInBetween() {
        model.start();
        remote.leave();
        List<Tally<Connection>> told = new ArrayList<>();
        model.cut(model.connections().get()).done(told::add);
        assertEquals(2, told.getFirst().refused().size());
        assertEquals(1, remote.calls(ConnectionMethods.CLOSE).size());
    }

    private void tell(long lost, List<Connection> changed, List<Long> closed) {
        remote.tell(ConnectionMethods.CHANGED, new Changed(1, lost, changed, closed, atServer.size()));
    }

    private List<Long> numbers() {
        return model.connections().get().stream().map(Connection::number).toList();
    }

    private static Connection connection(long number, String doing) {
        return new Connection(
                number,
                "127.0.0.1",
                40_000,
                Optional.empty(),
                Optional.of("TLSv1.3"),
                Optional.of("TLS_AES_256_GCM_SHA384"),
                Instant.parse("2026-11-22T14:00:00Z"),
                3600,
                doing,
                10,
                20,
                List.of());
    }
}
