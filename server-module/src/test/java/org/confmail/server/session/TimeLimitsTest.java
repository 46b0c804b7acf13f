package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.confmail.server.session.TestServer.Setup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a client may take for what: the test moves the time. */
class TimeLimitsTest {
    /** The time-out of the servers here. */
    private static final Duration TIMEOUT = Setup.USUAL.timeout();

    private static final Duration MOMENT = Duration.ofMillis(100);
    /** What a server reads of an upload at once. */
    private static final int PIECE_BYTES = DataIntake.PIECE_BYTES;
    /** At this speed a piece takes a little longer than the time-out. */
    private static final long SLOW = PIECE_BYTES / 64;

    private static final Duration PIECE_TIME = Duration.ofSeconds(PIECE_BYTES / SLOW);

    @TempDir
    Path home;

    @Test
    void idleClientIsClosedAfterTheTimeout() throws Exception {
        try (TestServer server = TestServer.start(home);
                TestClient client = server.client()) {
            server.awaitIdle(1);
            server.time.advance(TIMEOUT.minus(MOMENT));
            assertEquals("PONG", client.ask("PING"));
            server.awaitIdle(1);
            server.time.advance(TIMEOUT.minus(MOMENT));
            server.awaitIdle(1);
            server.time.advance(MOMENT.multipliedBy(2));
            assertTrue(client.closed());
            server.awaitIdle(0);
        }
    }

    @Test
    void idleClientInsideTlsIsClosedAfterTheTimeout() throws Exception {
        try (TestServer server = TestServer.start(home);
                TestClient client = server.client()) {
            client.encrypt();
            server.awaitIdle(1);
            server.time.advance(TIMEOUT.plus(MOMENT));
            assertTrue(client.closed());
            server.awaitIdle(0);
        }
    }

    @Test
    void trickleDoesNotHoldAConnection() throws Exception {
        try (TestServer server = TestServer.start(home);
                TestClient client = server.client()) {
            server.awaitIdle(1);
            for (String letter : List.of("P", "I", "N")) {
                client.write(letter);
                server.time.advance(TIMEOUT.dividedBy(4));
            }
            server.awaitIdle(1);
            client.write("G");
            server.time.advance(TIMEOUT.dividedBy(4).plus(MOMENT));
            assertTrue(client.closed());
        }
    }

    @Test
    void trickleOfPaddingDoesNotHoldAConnection() throws Exception {
        try (TestServer server = TestServer.start(home);
                TestClient client = server.client()) {
            client.send("STORE SERVER " + Key.sha1(new byte[1]), "Type: acknowledgment");
            server.awaitOpen(1);
            Await.until("the cut", () -> {
                try {
                    client.send("PADDING: x");
                } catch (SocketException e) {
                    // cut; the next look will tell
                }
                server.time.advance(TIMEOUT.dividedBy(4));
                return server.sessions.open() == 0;
            });
        }
    }

    @Test
    void handshakeThatNeverEndsIsCut() throws Exception {
        try (TestServer server = TestServer.start(home);
                TestClient client = server.client()) {
            assertEquals("PROCEED", client.ask("STARTTLS"));
            client.write("\u0016\u0003\u0001"); // the beginning of a record
            server.time.advance(TIMEOUT.plusSeconds(10).plus(MOMENT));
            server.awaitOpen(0);
            assertTrue(client.closed());
        }
    }

    /** A data block of so many pieces. */
    private static final class Upload {
        final byte[] data;
        final byte[] header;
        final Key key;
        final TestServer server;
        final TestClient client;
        int sent;

        Upload(int pieces, TestServer server, TestClient client) {
            this.server = server;
            this.client = client;
            data = new byte[pieces * PIECE_BYTES];
            new Random(11).nextBytes(data);
            key = Key.sha1(data);
            header = Blocks.bytes(Blocks.dataHeader(data, TestServer.NOW) + "Data: " + data.length + "\n");
        }

        void begin() throws Exception {
            client.send("STORE SERVER " + key);
            client.write(Blocks.text(header).replace("\n", "\r\n"));
        }

        /** Sends a piece and waits until the server has written it, and reads on. */
        void piece() throws Exception {
            client.write(Arrays.copyOfRange(data, sent, sent + PIECE_BYTES));
            sent += PIECE_BYTES;
            Await.until("piece " + sent / PIECE_BYTES, () -> {
                List<Path> files = server.stored();
                return files.size() == 1 && Files.size(files.getFirst()) == header.length + sent;
            });
        }
    }

    @Test
    void slowButSteadyUploadIsNotCut() throws Exception {
        try (TestServer server = TestServer.start(home, Setup.USUAL.withSlowestConnection(SLOW));
                TestClient client = server.user()) {
            Upload upload = new Upload(6, server, client);
            upload.begin();
            for (int i = 0; i < 6; i++) {
                server.time.advance(i == 0 ? TIMEOUT.minus(MOMENT) : PIECE_TIME);
                upload.piece();
            }
            assertEquals("DONE", client.line());
            assertTrue(Files.exists(server.file(upload.key)));
        }
    }

    @Test
    void stalledUploadIsCutAndLeavesNothingBehind() throws Exception {
        try (TestServer server = TestServer.start(home, Setup.USUAL.withSlowestConnection(SLOW));
                TestClient client = server.user()) {
            Upload upload = new Upload(6, server, client);
            upload.begin();
            upload.piece();
            upload.piece();
            server.time.advance(TIMEOUT.plus(PIECE_TIME.multipliedBy(2)).minus(MOMENT));
            assertEquals(1, server.sessions.open());
            server.time.advance(MOMENT.multipliedBy(2));
            assertTrue(client.closed());
            server.awaitIdle(0);
            assertEquals(List.of(), server.stored());
        }
    }

    @Test
    void uploadThatTricklesIsCut() throws Exception {
        try (TestServer server = TestServer.start(home, Setup.USUAL.withSlowestConnection(SLOW));
                TestClient client = server.user()) {
            Upload upload = new Upload(6, server, client);
            upload.begin();
            upload.piece();
            for (int i = 0; i < 8; i++) {
                client.write(Arrays.copyOfRange(upload.data, upload.sent, ++upload.sent));
                server.time.advance(PIECE_TIME.dividedBy(4));
            }
            server.awaitOpen(0);
            assertTrue(client.closed());
        }
    }

    @Test
    void readerThatDoesNotReadIsCut() throws Exception {
        int megabytes = 16; // more than the system takes off the server's hands
        byte[] block = Blocks.bytes("Type: data\nDate: 2026-11-22T13:00:00Z\nData: " + (megabytes << 20) + "\n"
                + "x".repeat(megabytes << 20));
        Key key = Key.sha1(new byte[1]);
        Setup setup = Setup.USUAL.withSlowestConnection(1 << 20);
        try (TestServer server = TestServer.start(home, setup);
                TestClient client = TestClient.open(server.port(), 8192)) {
            server.put(key, block);
            client.line();
            assertEquals("DONE", client.ask(TestServer.USER_LOGIN));
            client.send("GET SERVER " + key);
            client.read(10);
            server.time.advance(TIMEOUT.minus(MOMENT));
            assertEquals(1, server.sessions.open());
            server.time.advance(Duration.ofSeconds(megabytes).plus(MOMENT));
            server.awaitOpen(0);
        }
    }

    @Test
    void answersThatNobodyReadsAreCut() throws Exception {
        try (TestServer server = TestServer.start(home);
                TestClient client = TestClient.open(server.port(), 8192)) {
            client.line();
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    byte[] pings = Blocks.bytes(("PING " + "x".repeat(16000) + "\r\n").repeat(64));
                    while (true) {
                        client.write(pings);
                    }
                } catch (IOException e) {
                    // cut, as it should be
                }
            });
            // Deadlines of commands that are still answered move on with the time; the one that hangs passes.
            Await.until("the cut", () -> {
                server.time.advance(Duration.ofSeconds(1));
                return server.sessions.open() == 0;
            });
            writer.join();
        }
    }

    /** PROTOCOL section 2: max(timeout, bytes / slowest_connection). */
    @Test
    void slowReaderGetsTheTimeToReadBeforeHisNextCommand() throws Exception {
        byte[] block = Blocks.bytes("Type: data\nDate: 2026-11-22T13:00:00Z\nData: 65536\n" + "x".repeat(65536));
        Key key = Key.sha1(new byte[1]);
        try (TestServer server = TestServer.start(home, Setup.USUAL.withSlowestConnection(SLOW));
                TestClient client = server.user()) {
            server.put(key, block);
            client.send("GET SERVER " + key);
            client.line();
            server.awaitIdle(1); // all is in the system's hands
            server.time.advance(TIMEOUT.plus(PIECE_TIME.dividedBy(4)));
            client.send("PING");
            client.line();
            client.line();
            client.read(65536);
            assertEquals("PONG", client.line());
            server.awaitIdle(1);
            server.time.advance(TIMEOUT.plus(MOMENT));
            assertTrue(client.closed());
        }
    }

    @Test
    void largeBlockMayTakeItsTimeToAReaderWhoReads() throws Exception {
        int pieces = 64;
        byte[] data = new byte[pieces * PIECE_BYTES];
        byte[] block =
                Blocks.bytes("Type: data\nDate: 2026-11-22T13:00:00Z\nData: " + data.length + "\n" + Blocks.text(data));
        Key key = Key.sha1(new byte[1]);
        try (TestServer server = TestServer.start(home, Setup.USUAL.withSlowestConnection(SLOW));
                TestClient client = TestClient.open(server.port(), 8192)) {
            server.put(key, block);
            client.line();
            assertEquals("DONE", client.ask(TestServer.USER_LOGIN));
            client.send("GET SERVER " + key);
            for (int i = 0; i < 3; i++) {
                client.line();
            }
            for (int i = 0; i < pieces; i++) {
                assertArrayEquals(new byte[PIECE_BYTES], client.read(PIECE_BYTES));
                server.time.advance(PIECE_TIME);
            }
            assertEquals("PONG", client.ask("PING"));
        }
    }

    @Test
    void oneTooManyIsToldThatTheServerIsBusy() throws Exception {
        try (TestServer server = TestServer.start(home, Setup.USUAL.withMaxConnections(2));
                TestClient first = server.client();
                TestClient second = server.client()) {
            for (int i = 0; i < 3; i++) {
                try (TestClient third = TestClient.open(server.port())) {
                    assertEquals("CONFIDANT MAIL SERVER PROTOCOL 1 BUSY", third.line());
                    assertTrue(third.closed());
                }
            }
            // Every kind of end frees a place.
            assertEquals("GOODBYE", first.ask("QUIT"));
            server.awaitIdle(1);
            try (TestClient third = server.client()) {
                server.awaitIdle(2);
                server.time.advance(TIMEOUT.plus(MOMENT));
                assertTrue(third.closed());
                assertTrue(second.closed());
            }
            server.awaitIdle(0);
            server.client().close();
            server.awaitIdle(0);
            try (TestClient third = server.client();
                    TestClient fourth = server.client()) {
                assertEquals("PONG", third.ask("PING"));
                fourth.encrypt();
                assertEquals("PONG", fourth.ask("PING"));
            }
        }
    }
}
