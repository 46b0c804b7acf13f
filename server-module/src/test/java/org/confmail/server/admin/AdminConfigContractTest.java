package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.confmail.server.main.WholeServer;
import org.confmail.shared.admin.AdminClient;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ConfigMethods;
import org.confmail.shared.admin.ServerMethods;
import org.junit.jupiter.api.Test;

/** What the methods for config.txt promise. */
class AdminConfigContractTest extends AdminContract {
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
}
