package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.dht.TestDht;
import org.confmail.server.main.WholeServer;
import org.confmail.server.session.Await;
import org.confmail.shared.admin.AdminClient;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.ConnectionMethods.Count;
import org.confmail.shared.admin.DhtMethods;
import org.confmail.shared.admin.DhtMethods.Asked;
import org.confmail.shared.admin.DhtMethods.Contact;
import org.confmail.shared.admin.DhtMethods.Found;
import org.confmail.shared.admin.DhtMethods.State;
import org.confmail.shared.admin.ServerMethods;
import org.confmail.shared.admin.ServerMethods.Check;
import org.confmail.shared.admin.ServerMethods.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the methods for the DHT promise, against a whole server whose node knows one other. */
class DhtContractTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path root;

    private TestDht other;
    private WholeServer server;
    private AdminClient admin;

    @BeforeEach
    void start() throws Exception {
        other = new TestDht(root.resolve("other"), 0, List.of(), CLOCK);
        server = WholeServer.startInDht(root.resolve("home"), other.dht().port());
        admin = server.admin();
        Await.until(
                "the other node is known", () -> admin.call(DhtMethods.STATE).contacts() == 1);
    }

    @AfterEach
    void stop() throws Exception {
        admin.close();
        server.close();
        other.close();
    }

    private String otherId() {
        return other.dht().snapshot().orElseThrow().id().toString();
    }

    private Found lookup(Key key) throws Exception {
        return admin.call(DhtMethods.LOOKUP, new DhtMethods.Lookup(key.toString()));
    }

    @Test
    void stateTellsOfTheNodeAndItsTable() throws Exception {
        State state = admin.call(DhtMethods.STATE);
        assertTrue(state.id().matches("[0-9a-fA-F]{40}"), state::id);
        assertTrue(state.port() > 0);
        assertEquals(Optional.empty(), state.held(), "they were not counted yet");
        assertEquals(List.of(new DhtMethods.Bucket(0, 1, 8, 0)), state.buckets());
        assertTrue(count(state.counts(), "requests sent") > 0);
        assertTrue(count(state.counts(), "udp datagrams received") > 0);
        Check check = admin.call(ServerMethods.HEALTH).checks().stream()
                .filter(each -> each.name().equals("dht"))
                .findFirst()
                .orElseThrow();
        assertEquals(Verdict.WELL, check.verdict(), check::text);
    }

    @Test
    void contactsAreListedWithTheirAddresses() throws Exception {
        DhtMethods.Contacts page =
                admin.call(DhtMethods.CONTACTS, new ConnectionMethods.Page(Optional.empty(), Optional.empty()));
        assertEquals(1, page.total());
        Contact contact = page.contacts().getFirst();
        assertEquals(otherId(), contact.id());
        assertEquals("127.0.0.1", contact.address());
        assertEquals(other.dht().port(), contact.port());
        assertEquals(0, contact.bucket());
        assertEquals(0, contact.failures());
    }

    @Test
    void lookupTellsTheWayToABlockThatAnotherNodeHolds() throws Exception {
        byte[] data = Blocks.bytes("held by the other");
        Key key = TestDht.key(data);
        assertTrue(other.dht().keep(key, TestDht.dataBlock(data, CLOCK), key, CLOCK.instant()));
        Found found = lookup(key);
        assertTrue(found.found());
        assertEquals(1, found.hops());
        assertEquals(1, found.path().size());
        Asked asked = found.path().getFirst();
        assertEquals(otherId(), asked.id());
        assertEquals(other.dht().port(), asked.port());
        assertEquals(1, asked.hop());
        assertEquals("a block", asked.outcome());
        assertTrue(asked.millis() <= found.millis());
    }

    @Test
    void lookupOfWhatNobodyHoldsTellsWhoWasAsked() throws Exception {
        Found found = lookup(TestDht.key(Blocks.bytes("nobody's")));
        assertFalse(found.found());
        assertEquals(0, found.hops());
        assertEquals(List.of("nodes"), found.path().stream().map(Asked::outcome).toList());
    }

    @Test
    void refusedPacketsAreCountedByReason() throws Exception {
        State before = admin.call(DhtMethods.STATE);
        assertEquals(0, before.refused().stream().mapToLong(Count::count).sum());
        byte[] garbage = Blocks.bytes("no dictionary");
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(garbage, garbage.length, InetAddress.getLoopbackAddress(), before.port()));
            Await.until(
                    "it is refused", () -> count(admin.call(DhtMethods.STATE).refused(), "missing part") == 1);
        }
    }

    private static long count(List<Count> counts, String name) {
        return counts.stream()
                .filter(count -> count.name().equals(name))
                .findFirst()
                .orElseThrow()
                .count();
    }
}
