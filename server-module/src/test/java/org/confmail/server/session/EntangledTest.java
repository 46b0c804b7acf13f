package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.dht.TestDht;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STORE ENTANGLED on one server and GET ENTANGLED on another, whose nodes know each other. */
class EntangledTest {
    private static final String RECIPIENT = Blocks.hash("recipient");
    private static final Key MAILBOX = Blocks.mailbox(RECIPIENT, "0");
    private static final Instant OLD = TestServer.NOW.minusSeconds(7200);
    private static final Instant NEW = TestServer.NOW.minusSeconds(60);

    @TempDir
    Path root;

    private TestDht firstNode;
    private TestDht secondNode;
    private TestServer first;
    private TestServer second;
    private TestClient client;
    private TestClient other;

    @BeforeEach
    void start() throws Exception {
        firstNode = new TestDht(root.resolve("one"), 0, List.of(), () -> TestServer.NOW);
        secondNode = new TestDht(root.resolve("two"), 0, List.of(firstNode.dht().port()), () -> TestServer.NOW);
        firstNode.awaitContacts(1);
        first = TestServer.start(root.resolve("one"), firstNode.dht());
        second = TestServer.start(root.resolve("two"), secondNode.dht());
        client = first.client();
        other = second.client();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        other.close();
        first.close();
        second.close();
        firstNode.close();
        secondNode.close();
    }

    private static byte[] announcement(String message, Instant date) {
        String hash = Blocks.hash(message);
        return Blocks.bytes(Blocks.announcement(RECIPIENT, "0", hash, date, List.of(hash)));
    }

    @Test
    void whatOneServerTakesTheOtherServesToAnybody() throws Exception {
        byte[] post = announcement("hello", NEW);
        assertEquals(Optional.empty(), other.get("GET ENTANGLED " + MAILBOX));
        assertEquals("DONE", client.store("STORE ENTANGLED " + MAILBOX, post));
        assertArrayEquals(post, other.get("GET ENTANGLED " + MAILBOX).orElseThrow());
        byte[] data = Blocks.bytes("some data");
        byte[] block = TestDht.dataBlock(data, () -> TestServer.NOW);
        assertEquals("DONE", client.store("STORE ENTANGLED " + TestDht.key(data), block));
        assertArrayEquals(block, other.get("GET ENTANGLED " + TestDht.key(data)).orElseThrow());
        assertEquals("PONG", other.ask("PING"));
        assertEquals(Optional.empty(), other.get("GET SERVER " + MAILBOX), "not in the local store");
    }

    @Test
    void nearlyFullDiskTakesNothingForTheNetworkAndServesIt() throws Exception {
        first.refusing = true;
        assertEquals("FAILED", client.store("STORE ENTANGLED " + MAILBOX, announcement("hello", NEW)));
        assertEquals(Optional.empty(), other.get("GET ENTANGLED " + MAILBOX));
        first.refusing = false;
        assertEquals("DONE", client.store("STORE ENTANGLED " + MAILBOX, announcement("hello", NEW)));
        first.refusing = true;
        assertTrue(client.get("GET ENTANGLED " + MAILBOX).isPresent());
    }

    @Test
    void sinceLeavesOutOlderAnnouncements() throws Exception {
        client.store("STORE ENTANGLED " + MAILBOX, announcement("old", OLD));
        client.store("STORE ENTANGLED " + MAILBOX, announcement("new", NEW));
        assertArrayEquals(
                announcement("new", NEW),
                other.get("GET ENTANGLED " + MAILBOX + " SINCE 2026-11-22T13:00:00Z")
                        .orElseThrow());
        assertEquals(Optional.empty(), other.get("GET ENTANGLED " + MAILBOX + " SINCE 2026-11-22T13:59:30Z"));
    }

    @Test
    void blockThatTheDhtDoesNotTakeIsReadAwayAndDropped() throws Exception {
        byte[] data = new byte[65_537];
        Arrays.fill(data, (byte) 'x');
        Key key = TestDht.key(data);
        byte[] large = Blocks.bytes("Type: data\nDate: 2026-11-22T13:00:00Z\nVersion: 1\nProofOfWork: bd,1,2\nData: "
                + data.length + "\n" + Blocks.text(data));
        assertEquals("DONE", client.store("STORE ENTANGLED " + key, large));
        assertEquals("DONE", client.store("STORE ENTANGLED " + key, announcement("elsewhere", NEW)));
        assertEquals("DONE", client.store("STORE ENTANGLED " + key, Blocks.bytes("")));
        assertEquals("FAILED", client.store("STORE ENTANGLED " + key, Blocks.bytes("Embargo: x\n")));
        assertEquals("PONG", client.ask("PING"));
        assertEquals(Optional.empty(), client.get("GET ENTANGLED " + key));
    }
}
