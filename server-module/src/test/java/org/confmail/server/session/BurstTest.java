package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that store block after block, which go on in a thread of the system. */
class BurstTest {
    /** More than it takes to be given a thread. */
    private static final int BLOCKS = 20;

    @TempDir
    Path home;

    private static String hash(int number) {
        return Blocks.hash("in a burst " + number);
    }

    private static Key key(int number) {
        return Key.sha1(HexFormat.of().parseHex(hash(number)));
    }

    private static void store(TestClient client, int number, String command) throws Exception {
        byte[] block = Blocks.bytes(Blocks.acknowledgment(hash(number), TestServer.NOW));
        assertEquals("DONE", client.store(command.formatted(key(number)), block));
    }

    private static void storeSome(TestClient client, int first) throws Exception {
        for (int number = first; number < first + BLOCKS; number++) {
            store(client, number, "STORE SERVER %s");
        }
    }

    /** How many threads of the system serve connections. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("connection-"))
                .count();
    }

    @Test
    void aBurstHasAThreadOfTheSystemUntilSomethingElseComes() throws Exception {
        try (TestServer server = TestServer.start(home);
                TestClient client = server.client()) {
            storeSome(client, 0);
            Await.until("a thread of the system", () -> threads() == 1);
            assertEquals("PONG", client.ask("PING"));
            Await.until("the thread's end", () -> threads() == 0);
        }
    }

    @Test
    void whateverComesWithinABurstIsAnswered() throws Exception {
        try (TestServer server = TestServer.start(home);
                TestClient client = server.client()) {
            client.encrypt();
            assertEquals("DONE", client.ask(TestServer.USER_LOGIN));
            storeSome(client, 0);
            assertEquals("PONG", client.ask("PING"));
            storeSome(client, BLOCKS);
            assertTrue(client.get("GET SERVER " + key(BLOCKS)).isPresent());
            storeSome(client, 2 * BLOCKS);
            assertEquals("INVALID COMMAND", client.ask("STORE"));
            storeSome(client, 3 * BLOCKS);
            assertEquals("GOODBYE", client.ask("QUIT"));
            assertTrue(client.closed());
            server.awaitOpen(0);
            for (int number = 0; number < 4 * BLOCKS; number++) {
                assertTrue(Files.exists(server.file(key(number))));
            }
        }
    }

    @Test
    void aPartnersReplicationIsABurstToo() throws Exception {
        try (TestServer server = TestServer.start(home);
                TestClient client = server.client()) {
            assertEquals("DONE", client.ask(TestServer.REPLICATION_LOGIN));
            for (int number = 0; number < BLOCKS; number++) {
                store(client, number, "REPLICATE %s " + TestServer.USER);
            }
            assertEquals("PONG", client.ask("PING"));
        }
    }

    @Test
    void aClientThatFallsSilentIsClosedAfterTheTimeout() throws Exception {
        try (TestServer server = TestServer.start(home);
                TestClient client = server.client()) {
            storeSome(client, 0);
            server.awaitIdle(1);
            server.time.advance(server.setup.timeout().plus(Duration.ofSeconds(1)));
            assertTrue(client.closed());
            server.awaitOpen(0);
        }
    }

    @Test
    void aStopDoesNotWaitForTheNextBlock() throws Exception {
        try (TestServer server = TestServer.start(home);
                TestClient client = server.client()) {
            storeSome(client, 0);
            server.awaitIdle(1);
            server.sessions.stop(Duration.ofSeconds(30));
            assertEquals(0, server.sessions.open());
            assertTrue(client.closed());
        }
    }

    @Test
    void aClientThatIsGoneWithinABlockLeavesNothing() throws Exception {
        try (TestServer server = TestServer.start(home)) {
            try (TestClient client = server.client()) {
                storeSome(client, 0);
                client.send("STORE SERVER " + key(BLOCKS), "Type: acknowledgment");
            }
            server.awaitOpen(0);
            assertEquals(BLOCKS, server.stored().size());
        }
    }
}
