package org.confmail.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.confmail.shared.config.ConfigFile;
import org.confmail.shared.config.ConfigProblem;
import org.confmail.shared.config.ConfigValues;
import org.confmail.shared.config.ListeningOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSettingsTest {
    @TempDir
    Path home;

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private LiveSettings started(String text) throws IOException {
        write(text);
        return new LiveSettings(file(), ConfigValues.of(ConfigFile.load(file()).document()));
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private Path file() {
        return home.resolve("config.txt");
    }

    @Test
    void aChangedFileCountsFromTheReloadOn() throws IOException {
        LiveSettings settings = started("timeout: 60\n");
        Supplier<Settings.Sessions> sessions = settings.supplier(Settings::sessions);
        write("timeout: 90\n");
        assertEquals(seconds(60), sessions.get().timeout());
        assertEquals(new Reload.Applied(List.of(ListeningOptions.TIMEOUT), List.of(), List.of()), settings.reload());
        assertEquals(seconds(90), sessions.get().timeout());
        assertEquals(new Reload.Applied(List.of(), List.of(), List.of()), settings.reload());
    }

    @Test
    void aFileWithErrorsChangesNothingAndAllErrorsAreTold() throws IOException {
        LiveSettings settings = started("timeout: 60\n");
        Settings before = settings.current();
        write("timeout: 90\nsport: http\nnosuch: 1\nmax_connections: 0\n");
        Reload.Refused refused = assertInstanceOf(Reload.Refused.class, settings.reload());
        assertEquals(
                List.of(2, 3, 4),
                refused.problems().stream().map(ConfigProblem::line).toList());
        assertSame(before, settings.current());
    }

    @Test
    void aFileThatIsGoneChangesNothing() throws IOException {
        LiveSettings settings = started("timeout: 90\n");
        Settings before = settings.current();
        Files.delete(file());
        Reload.Refused refused = assertInstanceOf(Reload.Refused.class, settings.reload());
        assertTrue(refused.problems().getFirst().describe(file()).contains("config.txt"));
        assertSame(before, settings.current());
    }

    @Test
    void whatActsAtRestartKeepsItsStartValueAndIsToldAgainUntilItIsBack() throws IOException {
        LiveSettings settings = started("sport: 1\n");
        write("sport: 2\ntimeout: 90\n");
        assertEquals(
                new Reload.Applied(List.of(ListeningOptions.TIMEOUT), List.of(ListeningOptions.SPORT), List.of()),
                settings.reload());
        assertEquals(1, settings.current().listening().port());
        assertEquals(seconds(90), settings.current().sessions().timeout());
        assertEquals(new Reload.Applied(List.of(), List.of(ListeningOptions.SPORT), List.of()), settings.reload());
        write("sport: 1\ntimeout: 90\n");
        assertEquals(new Reload.Applied(List.of(), List.of(), List.of()), settings.reload());
    }

    @Test
    void warningsComeWithTheNewSettings() throws IOException {
        LiveSettings settings = started("");
        write("nosuch: 1\ntimeout: 90\n");
        Reload.Applied applied = assertInstanceOf(Reload.Applied.class, settings.reload());
        assertEquals(1, applied.problems().size());
        assertEquals(List.of(ListeningOptions.TIMEOUT), applied.atOnce());
    }

    @Test
    void aServerDoesNotStartWithErrors() {
        assertThrows(IllegalArgumentException.class, () -> started("sport: http\n"));
    }
}
