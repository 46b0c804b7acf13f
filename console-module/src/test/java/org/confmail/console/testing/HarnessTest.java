package org.confmail.console.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.confmail.shared.admin.AdminClient;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.TargetLine;
import org.confmail.shared.admin.SessionMethods;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ground on which the tests of the views stand. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HarnessTest {
    private static final String NOBODYS_KEY = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path directory;

    private FakePartner partner;
    private RealServer server;

    @BeforeEach
    void start() throws IOException {
        partner = new FakePartner();
        server = RealServer.start(directory.resolve("home"), partner.config());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        partner.close();
    }

    @Test
    void whatClientStoredSurvivesKillAndRestart() throws Exception {
        byte[] data = "some mail".getBytes(StandardCharsets.US_ASCII);
        String key;
        AdminClient admin = server.admin();
        try (ClientSession session = ClientSession.ofAdministrator(server)) {
            SessionMethods.Welcome welcome =
                    admin.call(SessionMethods.HELLO, new SessionMethods.Hello(Optional.of("test")));
            assertEquals(server.home().toString(), welcome.home());
            key = session.store(data);
            server.kill();
        }
        assertNotNull(admin.ended().get(10, TimeUnit.SECONDS));
        assertThrows(IOException.class, server::admin);
        assertFalse(server.isRunning());

        server.start();
        try (ClientSession session = ClientSession.open(server)) {
            assertEquals(Optional.empty(), session.get(key)); // not logged in
            assertEquals("DONE", session.login("administrator", server.administratorKey()));
            assertArrayEquals(data, session.get(key).orElseThrow());
            assertEquals(List.of(), session.since(NOBODYS_KEY, Instant.EPOCH));
        }
        server.stop();
        assertTrue(Files.readString(server.logFile()).contains(" stopped"));
    }

    @Test
    void queueIsStuckUntilThePartnerAccepts() throws Exception {
        try (ClientSession session = ClientSession.ofAdministrator(server);
                AdminClient admin = server.admin()) {
            session.storeMany(3);
            session.sendTo("127.0.0.1:1");
            Await.until(
                    "two targets that failed",
                    () -> targets(admin).stream()
                                    .filter(target -> target.lastError().isPresent())
                                    .count()
                            == 2);
            String absent = lastError(admin);
            assertEquals(4, server.queued());
            partner.refuse();
            Await.until("another reason", () -> !lastError(admin).equals(absent));
            partner.accept();
            Await.until("three commands taken", () -> partner.taken().size() == 3);
            Await.until("only the other target is left", () -> server.queued() == 1);
        }
    }

    private static List<TargetLine> targets(AdminClient admin) throws Exception {
        return admin.call(QueueMethods.TARGETS, new ConnectionMethods.Page(Optional.empty(), Optional.empty()))
                .targets();
    }

    private static String lastError(AdminClient admin) throws Exception {
        return targets(admin).stream()
                .filter(target -> target.target().equals("replication"))
                .findFirst()
                .flatMap(TargetLine::lastError)
                .orElse("");
    }
}
