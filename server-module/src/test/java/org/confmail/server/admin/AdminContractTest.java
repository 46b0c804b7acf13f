package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.confmail.server.session.Await;
import org.confmail.server.session.TestClient;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminMethod;
import org.confmail.shared.admin.AdminMethods;
import org.confmail.shared.admin.DhtMethods;
import org.confmail.shared.admin.LogMethods;
import org.confmail.shared.admin.MethodDescription;
import org.confmail.shared.admin.ServerMethods;
import org.confmail.shared.admin.ServerMethods.Verdict;
import org.confmail.shared.admin.SessionMethods;
import org.junit.jupiter.api.Test;

/** What the methods for the server as a whole and its log promise. */
class AdminContractTest extends AdminContract {
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
    void stateIsToldEvenWhereFilesAreGone() throws Exception {
        Files.delete(home.resolve("config.txt"));
        Files.move(home.resolve("localstore"), home.resolve("elsewhere"));
        ServerMethods.State state = admin.call(ServerMethods.STATE);
        assertEquals(
                List.of(home.toString()),
                state.disks().stream().map(ServerMethods.DiskSpace::path).toList());
        assertEquals(List.of(), state.atRestart());
        assertFalse(admin.call(ServerMethods.HEALTH).well());
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
    void partThatThisServerLacksIsSaidToBeUnavailable() {
        assertEquals(AdminError.UNAVAILABLE, refusal(() -> admin.call(DhtMethods.STATE)));
    }
}
