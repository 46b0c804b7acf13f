package org.confmail.server.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.confmail.server.main.WholeServer;
import org.confmail.server.session.Await;
import org.confmail.server.session.TestClient;
import org.confmail.shared.admin.AdminJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** confmail-admin as an operator uses it, on a whole server. */
class AdminCommandTest {
    @TempDir
    static Path home;

    private static WholeServer server;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void start() throws Exception {
        server = WholeServer.startNew(home, "max_connections: 7");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of("-homedir", home.toString()));
        all.addAll(List.of(words));
        return plain(all.toArray(String[]::new));
    }

    private int plain(String... words) {
        out.reset();
        err.reset();
        return new Main(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false)
                .execute(List.of(words));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void stateIsATable() {
        assertEquals(Main.DONE, run("state"), this::complained);
        assertTrue(said().contains("0 of 7"), this::said);
        assertTrue(said().contains(server.port() + " TCP"), this::said);
        assertFalse(said().contains("\u001b"), this::said);
    }

    @Test
    void everyResultCanBeHadAsJson() throws Exception {
        for (String command : List.of("state", "health", "metrics", "connections", "accounts", "certificate", "log")) {
            assertEquals(Main.DONE, run("-json", command), this::complained);
            assertTrue(AdminJson.parse(said()).isObject(), this::said);
        }
    }

    @Test
    void healthIsToldByTheExitStatus() {
        assertEquals(Main.DONE, run("health"), this::complained);
        assertTrue(said().startsWith("well     store: "), this::said);
    }

    @Test
    void optionIsSetWithCommentsKeptAndTheOldTextComesBack() throws Exception {
        Path config = home.resolve("config.txt");
        String before = Files.readString(config);
        assertEquals(Main.DONE, run("config", "set", "timeout", "75"), this::complained);
        assertTrue(said().contains("In effect now: timeout."), this::said);
        assertEquals(before + "timeout: 75\n", Files.readString(config));
        assertEquals(Main.DONE, run("config", "history"));
        String entry = said().lines().toList().get(1).split(" ", 2)[0];
        assertEquals(Main.DONE, run("config", "restore", entry), this::complained);
        assertEquals(before, Files.readString(config));
        assertEquals(Main.FAILED, run("config", "set", "timeout", "soon"));
        assertTrue(complained().contains("timeout"), this::complained);
        assertEquals(Main.WRONG_USE, run("config", "set", "timeuot", "75"));
        assertTrue(complained().contains("did you mean timeout?"), this::complained);
        assertEquals(before, Files.readString(config));
    }

    @Test
    void fileIsCheckedAndCompared() throws Exception {
        Path file = home.resolve("new.txt");
        Files.writeString(file, Files.readString(home.resolve("config.txt")) + "sport: many\n");
        assertEquals(Main.FAILED, run("config", "check", file.toString()));
        assertTrue(said().contains("error"), this::said);
        assertEquals(Main.DONE, run("config", "check"), this::said);
        assertEquals(Main.DONE, run("config", "diff", file.toString()));
        assertTrue(said().contains("+sport: many"), this::said);
    }

    @Test
    void fileIsSavedByteForByteInWhateverEncoding() throws Exception {
        Path config = home.resolve("config.txt");
        String before = Files.readString(config);
        Path file = home.resolve("umlaut.txt");
        for (Charset charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8)) {
            byte[] bytes = (before + "# \u00fc\n").getBytes(charset);
            Files.write(file, bytes);
            assertEquals(Main.DONE, run("config", "check", file.toString()), this::complained);
            assertEquals(Main.DONE, run("config", "save", file.toString()), this::complained);
            assertArrayEquals(bytes, Files.readAllBytes(config));
        }
        Files.writeString(file, before);
        assertEquals(Main.DONE, run("config", "save", file.toString()), this::complained);
        assertEquals(Main.FAILED, run("config", "check", "/dev/zero"));
        assertTrue(complained().contains("larger than a config.txt"), this::complained);
    }

    @Test
    void followingEndsWhenNobodyReadsAnyMore() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Main main = new Main(new PrintStream(closed), new PrintStream(err, true, StandardCharsets.UTF_8), false);
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertEquals(Main.FAILED, main.execute(List.of("-homedir", home.toString(), "log", "-f"))));
        assertTrue(complained().contains("nobody reads"), this::complained);
    }

    @Test
    void longTableIsMadeInNoTime() {
        Table table = new Table("A", "B", "C");
        for (int i = 0; i < 20_000; i++) {
            table.row(i, "x", i + " B");
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertEquals(20_001, table.lines().size()));
    }

    @Test
    void keysAreGeneratedALineEachAndShortenedInTheList() {
        assertEquals(Main.DONE, run("accounts", "generate", "2"), this::complained);
        List<String> keys = said().lines().toList();
        assertEquals(2, keys.size());
        assertEquals(Main.DONE, run("accounts"));
        assertFalse(said().contains(keys.getFirst()), this::said);
        assertTrue(said().contains(keys.getFirst().substring(0, 6) + "…"), this::said);
        assertEquals(Main.DONE, run("accounts", "-keys"));
        assertTrue(said().contains(keys.getFirst()), this::said);
        assertEquals(Main.DONE, run("accounts", "disable", keys.getFirst()));
    }

    @Test
    void connectionIsShownAndClosed() throws Exception {
        try (TestClient client = server.client()) {
            // The client may have read the greeting before the session has taken note of it.
            Await.until(this::said, () -> run("connections") == Main.DONE && said().contains("waiting"));
            String number = said().lines().toList().get(1).strip().split(" ", 2)[0];
            assertEquals(Main.DONE, run("connections", "close", number), this::complained);
            assertTrue(client.closed());
        }
        Await.until("no connection", () -> run("connections") == Main.DONE && said().contains("No client"));
    }

    @Test
    void storesAreShownPrunedAndReported() throws Exception {
        assertEquals(Main.DONE, run("prune", "-simulate", "-store", "both"), this::complained);
        assertTrue(said().contains("Run "), this::said);
        assertTrue(said().contains("LOCAL"), this::said);
        assertTrue(said().contains("ENTANGLED"), this::said);
        assertTrue(said().endsWith("0 bytes would be freed\n"), this::said);
        assertEquals(Main.DONE, run("report"), this::complained);
        assertTrue(said().contains("all 0 users"), this::said);

        assertEquals(Main.DONE, run("report", "-format", "csv"), this::complained);
        String csv = said();
        assertTrue(csv.startsWith("\"Email address\","), this::said);
        Path file = home.resolve("out.csv");
        assertEquals(Main.DONE, run("report", "-format", "csv", "-out", file.toString()), this::complained);
        assertEquals(csv, Files.readString(file));
        assertEquals(Main.DONE, run("report", "-format", "html", "-keep", "usage.html"), this::complained);
        assertTrue(said().contains("Written: " + home.resolve("reports/usage.html")), this::said);

        assertEquals(Main.DONE, run("storage"), this::complained);
        assertTrue(said().contains("nothing runs"), this::said);
        assertTrue(said().contains("simulation"), this::said);
        assertEquals(Main.DONE, run("-json", "prune"), this::complained);
        assertEquals("done", AdminJson.parse(said()).path("outcome").asString());
        assertEquals(Main.FAILED, run("cancel"));
        assertTrue(complained().contains("nothing is under way"), this::complained);
    }

    @Test
    void anyMethodCanBeCalledAndIsDescribed() throws Exception {
        assertEquals(Main.DONE, run("call", "hello"), this::complained);
        assertEquals("confmail-server", AdminJson.parse(said()).path("server").asString());
        assertEquals(Main.DONE, run("describe", "accounts.generate"));
        assertTrue(said().contains("count (whole number): 1 to 1000"), this::said);
        assertEquals(Main.FAILED, run("call", "connections.close", "{\"number\":\"x\"}"));
        assertTrue(complained().contains("number"), this::complained);
    }

    @Test
    void partThatTheServerLacksIsAFailureWithItsReason() {
        assertEquals(Main.FAILED, run("dht"));
        assertTrue(complained().contains("takes no part"), this::complained);
        assertEquals(Main.DONE, run("queue"), this::complained);
    }

    @Test
    void noServerIsAnExitStatusOfItsOwn() {
        assertEquals(Main.NO_SERVER, plain("-socket", home.resolve("none.sock").toString(), "state"));
        assertTrue(complained().contains("none.sock"), this::complained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "state",
                "-homedir x -socket y state",
                "-homedir",
                "-socket x log -level loud",
                "-socket x accounts generate many",
                "-socket x config",
                "-socket x config set timeout",
                "-socket x state more",
                "-socket x remove -yes",
                "-socket x prune -store all",
                "-socket x report -out usage.csv",
                "-socket x report -format pdf",
                "-socket x cancel now",
                "-socket x queue replication -f",
                "-socket x log -pattern x",
                "-socket x log -f -from 2026-11-22T15:00",
                "-socket x certificate own more",
                "-socket x dht state more",
                "help nonsense"
            })
    void wrongUseIsToldWithoutAServer(String line) {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ", -1);
        assertEquals(Main.WRONG_USE, plain(words), this::complained);
        assertTrue(complained().startsWith("confmail-admin: "), this::complained);
        assertEquals("", said());
    }

    @Test
    void helpShowsEveryCommand() {
        assertEquals(Main.DONE, plain("help"));
        for (Command command : Commands.all()) {
            assertTrue(said().contains("\n  " + command.name()), command::name);
        }
        assertEquals(Main.DONE, plain("help", "config"));
        assertTrue(said().contains("config restore ENTRY"), this::said);
    }

    @Test
    void coloursAreForTerminalsOfThoseWhoWantThem() {
        assertTrue(Main.colours(Map.of(), true));
        assertFalse(Main.colours(Map.of(), false));
        assertFalse(Main.colours(Map.of("NO_COLOR", "1"), true));
        assertFalse(Main.colours(Map.of("TERM", "dumb"), true));
    }

    @Test
    void tableIsAlignedAndHarmless() {
        Table table = new Table("NAME", "SIZE").row("a\u001b[2J\nb", "5 B").row("long name", "12.5 KiB");
        assertEquals(List.of("NAME           SIZE", "a?[2J b         5 B", "long name  12.5 KiB"), table.lines());
    }
}
