package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.confmail.server.main.WholeServer;
import org.confmail.server.session.Await;
import org.confmail.server.session.TestClient;
import org.confmail.shared.admin.AccountMethods;
import org.confmail.shared.admin.AdminClient;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.AdminMethod;
import org.confmail.shared.admin.AdminMethods;
import org.confmail.shared.admin.CertificateMethods;
import org.confmail.shared.admin.ConfigMethods;
import org.confmail.shared.admin.ConnectionMethods;
import org.confmail.shared.admin.DhtMethods;
import org.confmail.shared.admin.LogMethods;
import org.confmail.shared.admin.MethodDescription;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.ServerMethods;
import org.confmail.shared.admin.ServerMethods.Verdict;
import org.confmail.shared.admin.SessionMethods;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each method promises, over a real socket against a whole server. */
class AdminContractTest {
    private static final ConnectionMethods.Page FIRST_PAGE =
            new ConnectionMethods.Page(Optional.empty(), Optional.empty());

    @TempDir
    Path home;

    private WholeServer server;
    private AdminClient admin;

    @BeforeEach
    void start() throws Exception {
        server = WholeServer.startNew(home, "max_connections: 7", "repl_authkey: SecretKey001");
        admin = server.admin();
    }

    @AfterEach
    void stop() throws Exception {
        admin.close();
        server.close();
    }

    private AdminError refusal(AdminCall call) {
        return assertThrows(AdminException.class, call::make).error();
    }

    private interface AdminCall {
        void make() throws IOException, AdminException;
    }

    @Test
    void helloTellsWhatAnswers() throws Exception {
        SessionMethods.Welcome welcome =
                admin.call(SessionMethods.HELLO, new SessionMethods.Hello(Optional.of("test")));
        assertEquals(SessionMethods.PROTOCOL, welcome.newestProtocol());
        assertEquals("confmail-server", welcome.server());
        assertEquals(home.toString(), welcome.home());
    }

    @Test
    void describeTellsOfEveryMethodAndOfEachGroup() throws Exception {
        SessionMethods.Description all =
                admin.call(SessionMethods.DESCRIBE, new SessionMethods.Which(Optional.empty()));
        assertEquals(
                AdminMethods.all().stream().map(AdminMethod::name).collect(Collectors.toSet()),
                all.methods().stream().map(MethodDescription::name).collect(Collectors.toSet()));
        assertEquals(
                List.of("accounts.add", "accounts.disable", "accounts.generate", "accounts.list"),
                admin
                        .call(SessionMethods.DESCRIBE, new SessionMethods.Which(Optional.of("accounts")))
                        .methods()
                        .stream()
                        .map(MethodDescription::name)
                        .toList());
        assertEquals(
                AdminError.NOT_FOUND,
                refusal(() -> admin.call(SessionMethods.DESCRIBE, new SessionMethods.Which(Optional.of("nope")))));
    }

    @Test
    void stateTellsAllAtAGlance() throws Exception {
        try (TestClient client = server.client()) {
            assertEquals("NOT FOUND", client.ask("GET SERVER 1111111111111111111111111111111111111111"));
            ServerMethods.State state = admin.call(ServerMethods.STATE);
            assertEquals(server.port(), state.port());
            assertEquals(1, state.connections());
            assertEquals(7, state.connectionsMax());
            assertEquals(Optional.of("127.0.0.1"), state.bindAddress());
            assertEquals(Optional.empty(), state.dhtPort());
            assertEquals(1, rate(state.requests(), "GET SERVER").total());
            assertEquals(1, rate(state.requests(), "all").total());
            assertTrue(rate(state.bytes(), "received").total() > 50);
            assertTrue(rate(state.bytes(), "sent").total() > 11);
            assertTrue(state.memory().heapUsed() > 0);
            assertEquals(2, state.disks().size());
            assertTrue(state.certificate().digest().matches("([0-9A-F]{2}:){19}[0-9A-F]{2}"));
            assertFalse(state.unconfirmed());
        }
    }

    private static ServerMethods.Rate rate(List<ServerMethods.Rate> rates, String name) {
        return rates.stream()
                .filter(rate -> rate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void healthTriesTheStoreAndSaysWhatIsWrongWithIt() throws Exception {
        ServerMethods.Health health = admin.call(ServerMethods.HEALTH);
        assertTrue(health.well(), health::toString);
        Path store = home.resolve("localstore");
        Files.move(store, home.resolve("elsewhere"));
        Files.writeString(store, "no directory");
        ServerMethods.Health ill = admin.call(ServerMethods.HEALTH);
        assertFalse(ill.well());
        ServerMethods.Check check = ill.checks().stream()
                .filter(each -> each.verdict() == Verdict.FAILED)
                .findFirst()
                .orElseThrow();
        assertEquals("store", check.name());
        assertTrue(check.text().contains(store.toString()), check::text);
    }

    @Test
    void metricsAreInTheFormOfPrometheus() throws Exception {
        String text = admin.call(ServerMethods.METRICS).text();
        assertTrue(text.contains("# TYPE confmail_connections_open gauge\nconfmail_connections_open 0\n"), text);
        assertTrue(text.contains("confmail_commands_by_kind_total{command=\"GET SERVER\"} 0\n"), text);
        assertEquals(1, text.split("# HELP confmail_commands_by_kind_total", -1).length - 1);
    }

    @Test
    void shutdownStopsTheServerAndRemovesTheSocket() throws Exception {
        admin.call(ServerMethods.SHUTDOWN);
        server.awaitStop();
        assertFalse(Files.exists(server.socket()));
    }

    @Test
    void configIsReadCheckedComparedSavedAndRestored() throws Exception {
        ConfigMethods.Current current = admin.call(ConfigMethods.READ);
        assertTrue(current.text().startsWith("# kept\n"));
        assertEquals("utf-8", current.encoding());
        String edited = current.text().replace("max_connections: 7", "max_connections: 8") + "eport: 4000\n";

        assertTrue(admin.call(ConfigMethods.VALIDATE, new ConfigMethods.NewText(edited))
                .valid());
        ConfigMethods.Validity wrong = admin.call(ConfigMethods.VALIDATE, new ConfigMethods.NewText("sport: many\n"));
        assertFalse(wrong.valid());
        assertEquals(Optional.of("sport"), wrong.problems().getFirst().option());
        assertEquals(1, wrong.problems().getFirst().line());

        ConfigMethods.Differences differences = admin.call(
                ConfigMethods.DIFF, new ConfigMethods.NewText(edited.replace("SecretKey001", "SecretKey002")));
        assertTrue(
                differences.lines().containsAll(List.of("-max_connections: 7", "+max_connections: 8", "+eport: 4000")));
        assertFalse(differences.toString().contains("SecretKey"), differences::toString);
        assertEquals(
                List.of("max_connections", "eport", "repl_authkey"),
                differences.changes().stream().map(ConfigMethods.Change::option).toList());

        ConfigMethods.Saved saved = save(edited, current.version(), Optional.empty());
        assertEquals(edited, Files.readString(home.resolve("config.txt")));
        assertEquals(List.of("max_connections"), saved.reloaded().atOnce());
        assertEquals("eport", saved.reloaded().atRestart().getFirst().option());
        assertTrue(saved.reloaded().atRestart().getFirst().reason().isPresent());
        assertEquals(8, admin.call(ServerMethods.STATE).connectionsMax());
        assertEquals(List.of("eport"), admin.call(ServerMethods.STATE).atRestart());

        ConfigMethods.History history = admin.call(ConfigMethods.HISTORY);
        assertEquals(saved.history(), history.entries().getFirst().name());
        assertEquals(
                current.text(),
                admin.call(ConfigMethods.SHOW, new ConfigMethods.Entry(saved.history()))
                        .text());
        admin.call(
                ConfigMethods.RESTORE, new ConfigMethods.Restore(saved.history(), saved.version(), Optional.empty()));
        assertEquals(current.text(), Files.readString(home.resolve("config.txt")));
        assertEquals(7, admin.call(ServerMethods.STATE).connectionsMax());
        assertEquals(
                AdminError.NOT_FOUND,
                refusal(() -> admin.call(ConfigMethods.SHOW, new ConfigMethods.Entry("../config.txt"))));
    }

    private ConfigMethods.Saved save(String text, String version, Optional<Integer> confirm) throws Exception {
        return admin.call(ConfigMethods.SAVE, new ConfigMethods.Save(text, version, Optional.empty(), confirm));
    }

    @Test
    void textWithErrorsIsNotSaved() throws Exception {
        ConfigMethods.Current current = admin.call(ConfigMethods.READ);
        AdminException refused =
                assertThrows(AdminException.class, () -> save("timeout: soon\n", current.version(), Optional.empty()));
        assertEquals(AdminError.REFUSED, refused.error());
        assertTrue(refused.text().contains("timeout") && refused.text().contains("line 1"), refused::text);
        assertEquals(current.text(), Files.readString(home.resolve("config.txt")));
        assertEquals(List.of(), admin.call(ConfigMethods.HISTORY).entries());
    }

    @Test
    void ofTwoWhoEditAtOnceTheSecondIsRefused() throws Exception {
        try (AdminClient other = server.admin()) {
            ConfigMethods.Current mine = admin.call(ConfigMethods.READ);
            ConfigMethods.Current theirs = other.call(ConfigMethods.READ);
            save(mine.text() + "timeout: 70\n", mine.version(), Optional.empty());
            assertEquals(
                    AdminError.CONFLICT,
                    refusal(() -> other.call(
                            ConfigMethods.SAVE,
                            new ConfigMethods.Save(
                                    theirs.text() + "timeout: 80\n",
                                    theirs.version(),
                                    Optional.empty(),
                                    Optional.empty()))));
            assertTrue(Files.readString(home.resolve("config.txt")).endsWith("timeout: 70\n"));
        }
    }

    @Test
    void lastTenTextsAreKept() throws Exception {
        for (int i = 0; i < 12; i++) {
            ConfigMethods.Current current = admin.call(ConfigMethods.READ);
            save(current.text() + "# " + i + "\n", current.version(), Optional.empty());
        }
        List<ConfigMethods.HistoryEntry> entries =
                admin.call(ConfigMethods.HISTORY).entries();
        assertEquals(10, entries.size());
        String newest = admin.call(
                        ConfigMethods.SHOW,
                        new ConfigMethods.Entry(entries.getFirst().name()))
                .text();
        assertTrue(newest.endsWith("# 10\n"), newest);
    }

    @Test
    void settingsStayWhenConfirmedAndGoWhenTakenBack() throws Exception {
        ConfigMethods.Current current = admin.call(ConfigMethods.READ);
        String edited = current.text().replace("max_connections: 7", "max_connections: 9");
        ConfigMethods.Saved saved = save(edited, current.version(), Optional.of(60));
        assertTrue(saved.confirmBy().isPresent());
        assertEquals(9, admin.call(ServerMethods.STATE).connectionsMax());
        assertEquals(
                AdminError.REFUSED,
                refusal(() -> admin.call(
                        ConfigMethods.SAVE,
                        new ConfigMethods.Save(current.text(), saved.version(), Optional.empty(), Optional.empty()))));
        assertEquals(
                List.of("max_connections"), admin.call(ConfigMethods.REVERT).atOnce());
        assertEquals(current.text(), Files.readString(home.resolve("config.txt")));
        assertEquals(7, admin.call(ServerMethods.STATE).connectionsMax());
        assertEquals(AdminError.REFUSED, refusal(() -> admin.call(ConfigMethods.CONFIRM)));

        save(edited, current.version(), Optional.of(60));
        admin.call(ConfigMethods.CONFIRM);
        server.close();
        server = WholeServer.start(home);
        assertEquals(edited, Files.readString(home.resolve("config.txt")));
    }

    @Test
    void settingsThatWereNotConfirmedAreGoneAfterARestart() throws Exception {
        ConfigMethods.Current current = admin.call(ConfigMethods.READ);
        save(current.text() + "timeout: 70\n", current.version(), Optional.of(60));
        server.close();
        server = WholeServer.start(home);
        assertEquals(current.text(), Files.readString(home.resolve("config.txt")));
        assertTrue(server.log()
                        .recent()
                        .newest(100, line -> line.text().contains("not confirmed"))
                        .size()
                == 1);
    }

    @Test
    void reloadTellsWhatActsAndWhatIsWrong() throws Exception {
        Path config = home.resolve("config.txt");
        Files.writeString(config, Files.readString(config) + "timeout: 70\n");
        ConfigMethods.Reloaded reloaded = admin.call(ConfigMethods.RELOAD);
        assertTrue(reloaded.applied());
        assertEquals(List.of("timeout"), reloaded.atOnce());
        Files.writeString(config, "sport: none\n");
        assertFalse(admin.call(ConfigMethods.RELOAD).applied());
    }

    @Test
    void fileThatIsNoUtf8ComesAndGoesByteForByte() throws Exception {
        Path config = home.resolve("config.txt");
        byte[] odd = (Files.readString(config) + "# \u00fc\n").getBytes(StandardCharsets.ISO_8859_1);
        Files.write(config, odd);
        ConfigMethods.Current current = admin.call(ConfigMethods.READ);
        assertEquals("latin-1", current.encoding());
        admin.call(
                ConfigMethods.SAVE,
                new ConfigMethods.Save(
                        current.text() + "# x\n", current.version(), Optional.of("latin-1"), Optional.empty()));
        byte[] now = Files.readAllBytes(config);
        assertEquals(odd.length + 4, now.length);
        assertEquals((byte) 0xfc, now[odd.length - 2]);
    }

    @Test
    void connectionsAreListedAndClosed() throws Exception {
        try (TestClient plain = server.client();
                TestClient inside = server.client()) {
            inside.encrypt();
            assertEquals("DONE", inside.ask("LOGIN administrator " + WholeServer.ADMINISTRATOR_KEY));
            ConnectionMethods.Connections page =
                    admin.call(ConnectionMethods.LIST, new ConnectionMethods.Page(Optional.empty(), Optional.of(1)));
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
    void detailOfTheLogChangesWhileItRuns() throws Exception {
        LogMethods.Detail ask = new LogMethods.Detail(Optional.empty(), Optional.empty(), Optional.empty());
        assertEquals(new LogMethods.NowDetail(false, false, false), admin.call(LogMethods.DETAIL, ask));
        admin.call(LogMethods.DETAIL, new LogMethods.Detail(Optional.of(true), Optional.empty(), Optional.of(true)));
        assertEquals(new LogMethods.NowDetail(true, false, true), admin.call(LogMethods.DETAIL, ask));
        try (TestClient client = server.client()) {
            assertEquals("PONG", client.ask("PING"));
        }
        assertTrue(Files.readString(home.resolve("server.log")).contains(" traffic connection-1 C1< PING\n"));
    }

    @Test
    void recentLinesAndPagesOfTheFileAgree() throws Exception {
        try (TestClient client = server.client()) {
            assertEquals("PONG", client.ask("PING"));
        }
        Await.until("the close in the log", () -> recent("closed").size() == 1);
        LogMethods.Lines page = admin.call(
                LogMethods.PAGE,
                new LogMethods.Page(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("CLOSED"),
                        Optional.empty()));
        assertEquals(recent("closed").getFirst().text(), page.lines().getFirst().text());
        assertEquals("connection", page.lines().getFirst().part());
    }

    private List<LogMethods.LogLine> recent(String text) throws Exception {
        return admin.call(
                        LogMethods.RECENT,
                        new LogMethods.Recent(Optional.of(LogMethods.Level.INFO), Optional.of(text), Optional.empty()))
                .lines();
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
    void partThatThisServerLacksIsSaidToBeUnavailable() {
        assertEquals(AdminError.UNAVAILABLE, refusal(() -> admin.call(DhtMethods.STATE)));
    }
}
