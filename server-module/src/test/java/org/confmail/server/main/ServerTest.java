package org.confmail.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.confmail.server.log.ServerLog;
import org.confmail.server.net.Fixture;
import org.confmail.server.net.FreePort;
import org.confmail.server.session.Await;
import org.confmail.server.session.LogLines;
import org.confmail.server.session.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server on a home, in this process. */
class ServerTest {
    private static final String BUSY = "CONFIDANT MAIL SERVER PROTOCOL 1 BUSY";
    private static final String ADMIN_LOGIN = "LOGIN administrator AdminKey0001";

    private static final ServerLog LOG = ServerLog.toStandardError(new ServerLog.Detail(true, false, false));

    @TempDir
    Path home;

    private int port;
    private Optional<RunningServer> running = Optional.empty();

    @BeforeEach
    void makeHome() throws IOException {
        port = FreePort.next();
        Files.createDirectory(home.resolve("ssl"));
        Fixture.copyTo("ec-p256.key", home.resolve("ssl/server.key"));
        Fixture.copyTo("ec-p256.crt", home.resolve("ssl/server.crt"));
        Files.writeString(home.resolve("auth.txt"), "administrator AdminKey0001\n");
        config();
    }

    @AfterEach
    void stop() throws Exception {
        if (running.isPresent()) {
            running.get().stop();
            awaitStop(running.get());
        }
    }

    private void config(String... lines) throws IOException {
        Files.writeString(
                home.resolve("config.txt"),
                "bind_address: 127.0.0.1\nsport: " + port + "\ndht: false\n" + String.join("\n", lines) + "\n");
    }

    private RunOptions options() {
        return new RunOptions(home, true, false, false, false, Optional.empty(), Optional.empty());
    }

    private RunningServer start() throws StartFailure {
        RunningServer server = Server.start(options(), LOG);
        running = Optional.of(server);
        return server;
    }

    private static void awaitStop(RunningServer server) throws Exception {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                server.awaitStop();
                stopped.complete(null);
            } catch (InterruptedException e) {
                stopped.completeExceptionally(e);
            }
        });
        stopped.get(10, TimeUnit.SECONDS);
    }

    private List<String> refusal() {
        return assertThrows(StartFailure.class, () -> Server.start(options(), LOG))
                .lines();
    }

    @Test
    void servesUntilTheAdministratorShutsItDownAndStartsAgain() throws Exception {
        for (int i = 0; i < 2; i++) {
            RunningServer server = start();
            try (TestClient idle = TestClient.connect(port);
                    TestClient client = TestClient.connect(port)) {
                client.encrypt();
                assertEquals("DONE", client.ask(ADMIN_LOGIN));
                client.send("SELFTEST");
                assertEquals(List.of("PASS"), client.lines());
                assertEquals("GOODBYE", client.ask("SHUTDOWN"));
                assertTrue(client.closed());
                assertTrue(idle.closed());
                awaitStop(server);
            }
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        }
    }

    @Test
    void accountMadeOnceIsThereAfterARestart() throws Exception {
        RunningServer server = start();
        try (TestClient client = TestClient.connect(port)) {
            assertEquals("DONE", client.ask(ADMIN_LOGIN));
            assertEquals("DONE", client.ask("ADDLOGIN 1111111111111111111111111111111111111111 UserKey00001"));
        }
        server.stop();
        server.stop();
        awaitStop(server);
        start();
        try (TestClient client = TestClient.connect(port)) {
            assertEquals("DONE", client.ask("LOGIN 1111111111111111111111111111111111111111 UserKey00001"));
        }
    }

    @Test
    void allErrorsOfTheConfigurationAreToldAndNothingIsTouched() throws Exception {
        config("max_connections: none", "timeout: 0", "replpeer: nowhere");
        List<String> lines = refusal();
        assertEquals(3, lines.size(), lines::toString);
        for (String name : List.of("max_connections", "timeout", "replpeer")) {
            assertTrue(
                    lines.stream().anyMatch(line -> line.contains(name) && line.contains("config.txt")),
                    lines::toString);
        }
        assertFalse(Files.exists(home.resolve("localstore")));
        config();
        start();
    }

    @Test
    void missingConfigurationIsToldWithItsRemedy() throws Exception {
        Files.delete(home.resolve("config.txt"));
        List<String> lines = refusal();
        assertEquals(1, lines.size());
        assertTrue(lines.getFirst().contains("config.txt") && lines.getFirst().contains("-init"), lines::toString);
    }

    @Test
    void missingKeyIsToldAndTheHomeIsFreeAgain() throws Exception {
        Files.delete(home.resolve("ssl/server.key"));
        List<String> lines = refusal();
        assertTrue(lines.getFirst().contains("server.key"), lines::toString);
        Fixture.copyTo("ec-p256.key", home.resolve("ssl/server.key"));
        start();
    }

    @Test
    void secondServerOnOneHomeIsRefusedBeforeItsPortIsTried() throws Exception {
        start();
        int first = port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            config();
            List<String> lines = refusal();
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(lines.getFirst().contains("already runs"), lines::toString);
            assertTrue(lines.getFirst().contains(home.toString()), lines::toString);
        }
        TestClient.connect(first).close();
    }

    @Test
    void portThatIsTakenIsToldAndTheHomeIsFreeAgain() throws Exception {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            List<String> lines = refusal();
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(lines.getFirst().contains("port " + port), lines::toString);
        }
        start();
    }

    @Test
    void reloadTakesOverWhatActsAtOnce() throws Exception {
        config("max_connections: 1");
        RunningServer server = start();
        try (TestClient first = TestClient.connect(port)) {
            assertEquals(BUSY, greeting());
            config("max_connections: 2");
            server.reload();
            TestClient.connect(port).close();
            assertEquals("PONG", first.ask("PING"));
        }
    }

    @Test
    void reloadOfWrongTextIsRefusedWithAllErrorsAndTheOldSettingsStay() throws Exception {
        config("max_connections: 1");
        RunningServer server = start();
        try (TestClient first = TestClient.connect(port);
                LogLines log = LogLines.record()) {
            config("max_connections: 5", "timeout: soon", "replpeer: nowhere");
            server.reload();
            assertEquals(BUSY, greeting());
            assertEquals("PONG", first.ask("PING"));
            List<String> errors = log.messages(Level.ERROR);
            assertEquals(3, errors.size(), errors::toString);
            assertTrue(errors.get(0).contains("timeout") || errors.get(1).contains("timeout"), errors::toString);
            assertTrue(errors.get(0).contains("replpeer") || errors.get(1).contains("replpeer"), errors::toString);
            assertTrue(errors.getLast().contains("the old settings stay"), errors::toString);
            Files.delete(home.resolve("config.txt"));
            server.reload();
            assertEquals(BUSY, greeting());
        }
        Await.until("a free place", () -> !greeting().equals(BUSY));
    }

    private String greeting() throws IOException {
        try (TestClient client = TestClient.open(port)) {
            return client.line();
        }
    }
}
