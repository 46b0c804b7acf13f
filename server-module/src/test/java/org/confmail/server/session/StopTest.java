package org.confmail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.confmail.server.block.Blocks;
import org.confmail.server.block.Key;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of all sessions. */
class StopTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path home;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(home);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private final byte[] data = new byte[200_000];
    private final Key key;
    private final String header;

    StopTest() {
        new Random(3).nextBytes(data);
        key = Key.sha1(data);
        header = Blocks.dataHeader(data, TestServer.NOW) + "Data: " + data.length + "\n";
    }

    /** Begins to post a block and waits until the server has some of it. */
    private void beginUpload(TestClient client) throws Exception {
        client.send("STORE SERVER " + key);
        client.write(header.replace("\n", "\r\n"));
        client.write(Arrays.copyOf(data, 100_000));
        Await.until("a temporary file", () -> server.stored().size() == 1);
    }

    /** Begins a stop, and returns when it waits for the sessions to end. */
    private Thread beginStop() throws Exception {
        Thread stop = Thread.ofVirtual().start(() -> server.sessions.stop(LONG));
        Await.until("the stop", () -> stop.getState() == Thread.State.TIMED_WAITING);
        return stop;
    }

    @Test
    void administratorsShutdownIsAnsweredAndAsksForTheStop() throws Exception {
        try (TestClient client = server.client()) {
            client.encrypt();
            assertEquals("DONE", client.ask(TestServer.ADMIN_LOGIN));
            assertFalse(server.stopAsked());
            assertEquals("GOODBYE", client.ask("SHUTDOWN"));
            assertTrue(client.closed());
            assertTrue(server.awaitStopAsked());
        }
    }

    @Test
    void nobodyElseStopsTheServer() throws Exception {
        for (String login : List.of("PING", TestServer.USER_LOGIN, TestServer.REPLICATION_LOGIN)) {
            try (TestClient client = server.client()) {
                client.ask(login);
                assertEquals("FAILED", client.ask("SHUTDOWN"));
                assertEquals("INVALID COMMAND", client.ask("SHUTDOWN now"));
                assertEquals("PONG", client.ask("PING"));
            }
        }
        assertFalse(server.stopAsked());
    }

    @Test
    void idleConnectionsAreCutAtOnce() throws Exception {
        try (TestClient plain = server.client();
                TestClient inside = server.client();
                TestClient typing = server.client()) {
            inside.encrypt();
            typing.write("PIN");
            server.awaitIdle(3);
            server.sessions.stop(LONG);
            assertEquals(0, server.sessions.open());
            assertTrue(plain.closed());
            assertTrue(inside.closed());
            assertTrue(typing.closed());
        }
    }

    @Test
    void runningCommandEndsWithItsAnswer() throws Exception {
        try (TestClient client = server.client()) {
            beginUpload(client);
            Thread stop = beginStop();
            try (TestClient other = TestClient.open(server.port())) {
                assertEquals("CONFIDANT MAIL SERVER PROTOCOL 1 BUSY", other.line());
            }
            client.write(Arrays.copyOfRange(data, 100_000, data.length));
            assertEquals("DONE", client.line());
            assertTrue(client.closed());
            stop.join();
            assertEquals(0, server.sessions.open());
            assertTrue(Files.exists(server.file(key)));
        }
    }

    @Test
    void commandsBehindTheRunningOneAreNotBegun() throws Exception {
        try (TestClient client = server.client()) {
            beginUpload(client);
            Thread stop = beginStop();
            client.write(Arrays.copyOfRange(data, 100_000, data.length));
            client.send("PING");
            assertEquals("DONE", client.line());
            assertTrue(client.closed());
            stop.join();
        }
    }

    @Test
    void stopDoesNotWaitForeverForAStalledClient() throws Exception {
        try (TestClient client = server.client();
                TestClient handshaking = server.client()) {
            assertEquals("PROCEED", handshaking.ask("STARTTLS"));
            beginUpload(client);
            server.sessions.stop(SHORT);
            assertEquals(0, server.sessions.open());
            assertTrue(client.closed());
            assertTrue(handshaking.closed());
            assertEquals(List.of(), server.stored());
        }
    }
}
