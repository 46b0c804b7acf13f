package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.disk.FaultyDisk;
import org.confmail.server.session.TestServer.Setup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails is told to the client and to the operator, and the session goes on. */
class FullDiskTest {
    private static final int TRIES_MAX = 60;

    @TempDir
    Path home;

    private TestServer server;
    private TestClient client;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(home, Setup.USUAL.withPartner());
        client = server.user();
    }

    @AfterEach
    void stop() throws Exception {
        server.disk.heal();
        client.close();
        server.close();
    }

    /** A block and its key. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Post(Key key, byte[] block) {}

    private static Post text(int number) {
        String hash = Blocks.hash("ack " + number);
        return new Post(
                Key.sha1(HexFormat.of().parseHex(hash)), Blocks.bytes(Blocks.acknowledgment(hash, TestServer.NOW)));
    }

    private static Post data(int number) {
        byte[] data = new byte[200_000]; // a few pieces, hashed beside
        new Random(number).nextBytes(data);
        String header = Blocks.dataHeader(data, TestServer.NOW) + "Data: " + data.length + "\n";
        return new Post(Key.sha1(data), Blocks.bytes(header + Blocks.text(data)));
    }

    private interface Posts {
        Post post(int number);
    }

    /** Lets each operation fail in turn, until a post goes through without reaching the one that would. */
    private void failEverywhere(Posts posts) throws Exception {
        for (int n = 1; n < TRIES_MAX; n++) {
            Post post = posts.post(n);
            server.disk.failAt(n);
            String answer = client.store("STORE SERVER " + post.key, post.block);
            Optional<String> failed = server.disk.failed();
            server.disk.heal();
            String what = n + ": " + failed + ": " + answer;
            assertEquals("PONG", client.ask("PING"), what);
            Optional<byte[]> stored = client.get("GET SERVER " + post.key);
            if (answer.equals("DONE")) {
                assertArrayEquals(post.block, stored.orElseThrow(), what);
                String queued = "StoreType: replicate\nStoreKeyid: " + post.key + "\nLoginUser: " + TestServer.USER
                        + "\n" + Blocks.text(post.block);
                assertTrue(server.queued().contains(queued), what);
            } else {
                assertEquals("FAILED", answer, what);
                // The client tries again, and what was left in between does no harm.
                assertEquals("DONE", client.store("STORE SERVER " + post.key, post.block), what);
                assertArrayEquals(
                        post.block, client.get("GET SERVER " + post.key).orElseThrow(), what);
            }
            if (failed.isEmpty()) {
                assertEquals("DONE", answer);
                assertTrue(n > 8, "only " + n + " operations for a durable block");
                return;
            }
        }
        throw new AssertionError("no end of operations");
    }

    @Test
    void textIsNeverDoneUnlessItIsStored() throws Exception {
        failEverywhere(FullDiskTest::text);
    }

    @Test
    void dataIsNeverDoneUnlessItIsStored() throws Exception {
        failEverywhere(FullDiskTest::data);
    }

    @Test
    void fullDiskIsOneClearLineAndTheSessionGoesOn() throws Exception {
        try (LogLines log = LogLines.record()) {
            Post text = text(1);
            Post data = data(1);
            server.disk.failFrom(1);
            assertEquals("FAILED", client.store("STORE SERVER " + text.key, text.block));
            assertEquals("FAILED", client.store("STORE SERVER " + data.key, data.block));
            client.send("SELFTEST");
            assertEquals(List.of("FAIL STORE"), client.lines());
            List<String> errors = log.messages(Level.ERROR).stream()
                    .filter(line -> line.contains("cannot save block"))
                    .toList();
            assertEquals(2, errors.size(), errors::toString);
            for (String line : errors) {
                assertTrue(line.contains(server.home.localStore().toString()), line);
                assertTrue(line.contains(FaultyDisk.MESSAGE), line);
                assertTrue(line.contains("The client was told FAILED"), line);
            }
            server.disk.heal();
            assertEquals("DONE", client.store("STORE SERVER " + text.key, text.block));
            assertEquals("DONE", client.store("STORE SERVER " + data.key, data.block));
            client.send("SELFTEST");
            assertEquals(List.of("PASS"), client.lines());
        }
    }

    @Test
    void accountsThatCannotBeSavedDoNotExist() throws Exception {
        try (TestClient administrator = server.client()) {
            assertEquals("DONE", administrator.ask(TestServer.ADMIN_LOGIN));
            server.disk.failFrom(1);
            assertEquals("FAILED", administrator.ask("ADDLOGIN " + TestServer.USER + " OtherKey0001"));
            assertEquals("FAILED", administrator.ask("GENLOGIN 3"));
            assertEquals("FAILED", administrator.ask("RMLOGIN UserKey00001"));
            try (TestClient first = server.client()) {
                assertEquals("FAILED", first.ask("LOGIN " + TestServer.USER + " FreeKey00001"));
                server.disk.heal();
                assertEquals("FAILED", first.ask("LOGIN " + TestServer.USER + " OtherKey0001"));
                assertEquals("DONE", first.ask("LOGIN " + TestServer.USER + " FreeKey00001"));
            }
            server.user().close();
            assertEquals("DONE", administrator.ask("ADDLOGIN " + TestServer.USER + " OtherKey0001"));
        }
    }
}
