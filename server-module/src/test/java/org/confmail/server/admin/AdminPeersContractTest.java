package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confmail.server.block.Blocks;
import org.confmail.server.dht.TestDht;
import org.confmail.server.main.WholeServer;
import org.confmail.server.session.Await;
import org.confmail.server.session.TestClient;
import org.confmail.shared.admin.AccountMethods;
import org.confmail.shared.admin.AdminClient;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.CertificateMethods;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.QueueMethods;
import org.junit.jupiter.api.Test;

/** What the methods for clients, accounts, certificates and the send queue promise. */
class AdminPeersContractTest extends AdminContract {
    @Test
    void connectionsAreListedAndClosed() throws Exception {
        try (TestClient plain = server.client();
                TestClient inside = server.client()) {
            inside.encrypt();
            assertEquals("DONE", inside.ask("LOGIN administrator " + WholeServer.ADMINISTRATOR_KEY));
            ConnectionMethods.Page one = new ConnectionMethods.Page(Optional.empty(), Optional.of(1));
            // A client may have read the greeting before its session has taken note of it.
            Await.until(
                    "it is greeted",
                    () -> !admin.call(ConnectionMethods.LIST, one)
                            .connections()
                            .getFirst()
                            .doing()
                            .equals("connecting"));
            ConnectionMethods.Connections page = admin.call(ConnectionMethods.LIST, one);
            assertEquals(2, page.total());
            ConnectionMethods.Connection first = page.connections().getFirst();
            assertEquals(1, first.number());
            assertEquals(Optional.empty(), first.tls());
            assertEquals("waiting", first.doing());
            ConnectionMethods.Connection second = admin.call(
                            ConnectionMethods.LIST, new ConnectionMethods.Page(page.next(), Optional.of(1)))
                    .connections()
                    .getFirst();
            assertEquals(Optional.of("administrator"), second.user());
            assertEquals(Optional.of("TLSv1.3"), second.tls());
            assertTrue(second.cipher().orElseThrow().startsWith("TLS_"));
            assertTrue(second.received() > 0);
            admin.call(ConnectionMethods.CLOSE, new ConnectionMethods.Which(1));
            assertTrue(plain.closed());
            assertEquals("PONG", inside.ask("PING"));
            assertEquals(
                    AdminError.NOT_FOUND,
                    refusal(() -> admin.call(ConnectionMethods.CLOSE, new ConnectionMethods.Which(99))));
        }
    }

    @Test
    void accountsAreAddedGeneratedListedAndDisabled() throws Exception {
        List<String> keys = admin.call(AccountMethods.GENERATE, new AccountMethods.HowMany(3))
                .keys();
        assertEquals(3, keys.size());
        AccountMethods.Account added =
                admin.call(AccountMethods.ADD, new AccountMethods.New("1".repeat(40), Optional.of("UserKey00001")));
        assertEquals("UserKey00001", added.key());
        AccountMethods.Accounts page = admin.call(
                AccountMethods.LIST,
                new AccountMethods.Which(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(2)));
        assertEquals(5, page.total());
        assertFalse((page + " " + page.next()).contains(WholeServer.ADMINISTRATOR_KEY), page::toString);
        int count = page.accounts().size();
        for (Optional<String> next = page.next(); next.isPresent(); next = page.next()) {
            page = admin.call(
                    AccountMethods.LIST,
                    new AccountMethods.Which(Optional.empty(), Optional.empty(), next, Optional.of(2)));
            count += page.accounts().size();
        }
        assertEquals(5, count);
        assertEquals(
                WholeServer.ADMINISTRATOR_KEY,
                admin.call(
                                AccountMethods.LIST,
                                new AccountMethods.Which(
                                        Optional.of("administrator"),
                                        Optional.of(true),
                                        Optional.empty(),
                                        Optional.empty()))
                        .accounts()
                        .getFirst()
                        .key());
        admin.call(
                AccountMethods.DISABLE, new AccountMethods.Key(keys.getFirst().substring(0, 8)));
        try (TestClient client = server.client()) {
            assertEquals("FAILED", client.ask("LOGIN " + "2".repeat(40) + " " + keys.getFirst()));
            assertEquals("DONE", client.ask("LOGIN " + "2".repeat(40) + " " + keys.get(1)));
        }
        assertTrue(Files.readString(home.resolve("auth.txt")).contains("disabled " + keys.getFirst()));
        assertEquals(
                AdminError.NOT_FOUND,
                refusal(() -> admin.call(AccountMethods.DISABLE, new AccountMethods.Key("NoSuchKey1"))));
        assertEquals(
                AdminError.WRONG_PARAMS,
                refusal(() -> admin.call(AccountMethods.GENERATE, new AccountMethods.HowMany(1001))));
        String log = Files.readString(home.resolve("server.log"));
        assertFalse(keys.stream().anyMatch(log::contains), "a key is in the log");
    }

    @Test
    void renewedCertificateIsShownAtOnceAndAfterARestart() throws Exception {
        String before = admin.call(CertificateMethods.OWN).digest();
        try (TestClient old = server.client()) {
            old.encrypt();
            CertificateMethods.Renewed renewed = admin.call(CertificateMethods.RENEW);
            String digest = renewed.certificate().digest();
            assertEquals(before, renewed.oldDigest());
            assertNotEquals(before, digest);
            for (String kept : renewed.kept()) {
                assertTrue(Files.exists(Path.of(kept)), kept);
            }
            assertEquals("PONG", old.ask("PING"));
            assertEquals(digest, admin.call(CertificateMethods.OWN).digest());
            try (TestClient fresh = server.client()) {
                fresh.encrypt();
                assertEquals("PONG", fresh.ask("PING"));
            }
            server.close();
            server = WholeServer.start(home);
            try (AdminClient again = server.admin()) {
                assertEquals(digest, again.call(CertificateMethods.OWN).digest());
            }
        }
    }

    @Test
    void stuckQueueIsUnderstoodProbedHeldReleasedRemovedAndRestored() throws Exception {
        server.close();
        Path config = home.resolve("config.txt");
        Files.writeString(config, Files.readString(config) + "replpeer: 127.0.0.1:1\nretry_schedule: 0,3600\n");
        server = WholeServer.start(home);
        admin = server.admin();
        admin.call(AccountMethods.GENERATE, new AccountMethods.HowMany(3));
        Await.until("a failure", () -> partner().failures() > 0);
        QueueMethods.TargetLine stuck = partner();
        assertEquals(3, stuck.entries());
        assertEquals(Optional.of("127.0.0.1:1"), stuck.server());
        assertTrue(stuck.lastError().isPresent());
        assertTrue(stuck.nextAttempt().isPresent());

        QueueMethods.Target replication = new QueueMethods.Target("replication");
        QueueMethods.ProbeResult probe = admin.call(QueueMethods.PROBE, replication);
        assertFalse(probe.well());
        assertEquals("connect", probe.steps().getLast().name());

        admin.call(QueueMethods.HOLD, replication);
        assertEquals(QueueMethods.TargetState.HELD, partner().state());
        admin.call(QueueMethods.RELEASE, replication);
        QueueMethods.Filter all = new QueueMethods.Filter(
                Optional.of("replication"), Optional.of("account"), Optional.empty(), Optional.empty());
        assertEquals(3, admin.call(QueueMethods.COUNT, all).entries());
        QueueMethods.Removed removed = admin.call(QueueMethods.REMOVE, all);
        assertEquals(3, removed.entries());
        assertEquals(0, admin.call(QueueMethods.COUNT, all).entries());
        assertEquals(
                3,
                admin.call(QueueMethods.RESTORE, new QueueMethods.Batch(removed.batch()))
                        .entries());
        assertEquals(3, admin.call(QueueMethods.COUNT, all).entries());
        assertEquals(0, admin.call(CertificateMethods.LIST, FIRST_PAGE).total());
    }

    private QueueMethods.TargetLine partner() throws Exception {
        return admin.call(QueueMethods.TARGETS, FIRST_PAGE).targets().stream()
                .filter(target -> target.target().equals("replication"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void entryOfTheQueueTellsTheKeyOfItsBlock() throws Exception {
        server.close();
        Path config = home.resolve("config.txt");
        Files.writeString(config, Files.readString(config) + "replpeer: 127.0.0.1:1\nretry_schedule: 0,3600\n");
        server = WholeServer.start(home);
        admin = server.admin();
        byte[] data = Blocks.bytes("waits for the partner");
        try (TestClient client = server.client()) {
            client.encrypt();
            assertEquals("DONE", client.ask("LOGIN administrator " + WholeServer.ADMINISTRATOR_KEY));
            byte[] block = TestDht.dataBlock(data, InstantSource.system());
            assertEquals("DONE", client.store("STORE SERVER " + TestDht.key(data), block));
        }
        admin.call(AccountMethods.GENERATE, new AccountMethods.HowMany(1));
        Await.until("a failure", () -> partner().failures() > 0);
        Map<String, Optional<String>> keys = new HashMap<>();
        admin.call(QueueMethods.ENTRIES, new QueueMethods.EntriesOf("replication", Optional.empty(), Optional.empty()))
                .entries()
                .forEach(entry -> keys.put(entry.kind(), entry.key()));
        assertEquals(
                Map.of("data", Optional.of(TestDht.key(data).toString()), "account", Optional.<String>empty()), keys);
    }
}
