package org.confmail.console.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Problem;
import org.confmail.console.testing.ManualClockwork;
import org.confmail.console.testing.ScriptedRemote;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminMethod.Nothing;
import org.confmail.shared.admin.ConfigMethods;
import org.confmail.shared.admin.ConfigMethods.Current;
import org.confmail.shared.admin.ConfigMethods.Reloaded;
import org.confmail.shared.admin.ConfigMethods.Save;
import org.confmail.shared.admin.ConfigMethods.Saved;
import org.confmail.shared.config.ConfigDocument;
import org.confmail.shared.config.ListeningOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the draft comes from and goes to, without a window and with a server that says what it is told. */
class ConfigurationModelTest {
    private static final Reloaded NOTHING_CHANGED = new Reloaded(true, List.of(), List.of(), List.of());
    private static final Optional<Duration> MINUTE = Optional.of(Duration.ofMinutes(1));
    private static final Duration PERIOD = Duration.ofSeconds(6);

    @TempDir
    private Path directory;

    private final ScriptedRemote remote = new ScriptedRemote();
    private final ManualClockwork clockwork = new ManualClockwork();
    private String text = "# mine\nsport: 1\n";
    private Optional<Instant> confirmBy = Optional.empty();

    @BeforeEach
    void server() {
        remote.on(ConfigMethods.READ, _ -> current())
                .on(ConfigMethods.SAVE, save -> {
                    text = save.text();
                    confirmBy = save.confirmWithinSeconds().map(_ -> Instant.parse("2031-01-01T00:00:00Z"));
                    return new Saved("v" + text.hashCode(), "h", NOTHING_CHANGED, confirmBy);
                })
                .on(ConfigMethods.CONFIRM, _ -> {
                    confirmBy = Optional.empty();
                    return Nothing.AT_ALL;
                });
    }

    private Current current() {
        return new Current("/home/config.txt", text, "utf-8", "v" + text.hashCode(), List.of(), List.of(), confirmBy);
    }

    private ConfigurationModel model(Optional<Path> file) {
        ConfigurationModel model = new ConfigurationModel(remote, file, clockwork, Runnable::run, Runnable::run);
        model.start();
        return model;
    }

    private static void sport(ConfigurationModel model, String value) {
        model.draft().set(ListeningOptions.SPORT, List.of(value));
    }

    private static String problem(Answer<?> answer) {
        List<Problem> problems = new ArrayList<>();
        answer.failed(problems::add);
        return problems.isEmpty() ? "" : problems.getFirst().text();
    }

    @Test
    void savesWhatWasEditedOnTheVersionThatWasRead() {
        ConfigurationModel model = model(Optional.empty());
        sport(model, "2");
        model.save(Optional.empty());
        assertEquals(
                List.of(new Save(
                        "# mine\nsport: 2\n",
                        "v" + "# mine\nsport: 1\n".hashCode(),
                        Optional.of("utf-8"),
                        Optional.empty())),
                remote.calls(ConfigMethods.SAVE));
        assertFalse(model.draft().edited());
        assertEquals(Optional.empty(), model.left().get());
    }

    @Test
    void wrongValueIsNotSavedAndTheReasonIsGiven() {
        ConfigurationModel model = model(Optional.empty());
        sport(model, "many");
        String reason = problem(model.save(MINUTE));
        assertTrue(reason.contains("line 2") && reason.contains("a port number from 1 to 65535"), reason);
        assertEquals(List.of(), remote.calls(ConfigMethods.SAVE));
    }

    @Test
    void countsDownByItsOwnClockAndTellsThatTheOldSettingsAreBack() {
        ConfigurationModel model = model(Optional.empty());
        sport(model, "2");
        model.save(MINUTE);
        assertEquals(Optional.of(Duration.ofMinutes(1)), model.left().get());
        clockwork.advance(Duration.ofSeconds(20));
        assertEquals(Optional.of(Duration.ofSeconds(40)), model.left().get());
        assertTrue(problem(model.save(MINUTE)).contains("wait to be kept"));
        text = "# mine\nsport: 1\n";
        confirmBy = Optional.empty();
        clockwork.advance(Duration.ofSeconds(41));
        assertEquals(Optional.empty(), model.left().get());
        assertEquals(List.of("1"), model.draft().state(ListeningOptions.SPORT).values());
        assertTrue(model.notice().get().orElseThrow().contains("not kept"));
        assertEquals(1, clockwork.repeating()); // the next reading
        model.close();
        assertEquals(0, clockwork.repeating());
    }

    @Test
    void keptSettingsStayAndNothingCountsDown() {
        ConfigurationModel model = model(Optional.empty());
        sport(model, "2");
        model.save(MINUTE);
        model.keep();
        assertEquals(Optional.empty(), model.left().get());
        clockwork.advance(Duration.ofMinutes(2));
        assertEquals(Optional.empty(), model.notice().get());
        assertEquals(List.of("2"), model.draft().state(ListeningOptions.SPORT).values());
    }

    @Test
    void oldSettingsThatTheFileToldFirstAreNotTakenForKeptOnes() throws IOException {
        Path file = directory.resolve("config.txt");
        ConfigurationModel model = model(Optional.of(file));
        sport(model, "2");
        model.save(MINUTE);
        // The server dies; at its start it puts the old text back, and only then it answers.
        text = "# mine\nsport: 1\n";
        confirmBy = Optional.empty();
        Files.writeString(file, text);
        remote.leave();
        clockwork.advance(PERIOD);
        assertEquals(List.of("1"), model.draft().state(ListeningOptions.SPORT).values());
        remote.comeBack();
        assertTrue(model.notice().get().orElseThrow().contains("not kept"), () -> "" + model.notice());
    }

    @Test
    void trialOfAnotherConsoleIsSeenHereToo() {
        confirmBy = Optional.of(clockwork.now().plusSeconds(30));
        ConfigurationModel model = model(Optional.empty());
        assertEquals(Optional.of(Duration.ofSeconds(30)), model.left().get());
        confirmBy = Optional.empty();
        clockwork.advance(PERIOD);
        assertTrue(model.notice().get().orElseThrow().contains("kept by somebody else"));
    }

    @Test
    void changeBySomebodyElseIsToldAndEditsStayUntilTheyArePutOntoIt() {
        ConfigurationModel model = model(Optional.empty());
        sport(model, "2");
        text = "# theirs\nsport: 1\n";
        remote.refuse(ConfigMethods.SAVE, AdminError.CONFLICT, "was changed");
        assertEquals("was changed", problem(model.save(MINUTE)));
        assertTrue(model.newer().get().isPresent());
        assertEquals(List.of("2"), model.draft().state(ListeningOptions.SPORT).values());
        assertEquals(0, model.merge());
        assertEquals(ConfigDocument.parse("# theirs\nsport: 2\n"), model.draft().document());
        assertEquals(Optional.empty(), model.newer().get());
        clockwork.advance(PERIOD);
        assertEquals(Optional.empty(), model.newer().get());
    }

    @Test
    void theirsIsTakenWhereNothingWasEditedOrEditsAreDiscarded() {
        ConfigurationModel model = model(Optional.empty());
        text = "sport: 5\n";
        clockwork.advance(PERIOD);
        assertEquals(List.of("5"), model.draft().state(ListeningOptions.SPORT).values());
        sport(model, "6");
        text = "sport: 7\n";
        clockwork.advance(PERIOD);
        assertTrue(problem(model.save(MINUTE)).contains("changed by somebody else"));
        model.discard();
        assertEquals(List.of("7"), model.draft().state(ListeningOptions.SPORT).values());
        assertFalse(model.draft().edited());
    }

    @Test
    void answerFromBeforeTheSaveDoesNotBringTheOldTextBack() {
        ConfigurationModel model = model(Optional.empty());
        sport(model, "2");
        remote.hold();
        Current before = current();
        remote.on(ConfigMethods.READ, _ -> before);
        model.refresh();
        model.save(Optional.empty());
        remote.release();
        assertEquals(List.of("2"), model.draft().state(ListeningOptions.SPORT).values());
        assertFalse(model.draft().edited());
    }

    @Test
    void editsOutliveTheServerAndAreSavedIntoItsFile() throws IOException {
        Path file = directory.resolve("config.txt");
        Files.writeString(file, text);
        ConfigurationModel model = model(Optional.of(file));
        sport(model, "2");
        remote.leave();
        assertFalse(model.source().get().orElseThrow().served());
        assertTrue(model.draft().edited());
        model.save(MINUTE);
        assertEquals("# mine\nsport: 2\n", Files.readString(file));
        assertEquals(Optional.empty(), model.left().get());
        sport(model, "3");
        Files.writeString(file, "sport: 9\n");
        assertTrue(problem(model.save(MINUTE)).contains("changed by somebody else"));
        assertTrue(model.newer().get().isPresent());
        assertEquals("sport: 9\n", Files.readString(file));
    }

    @Test
    void withoutServerAndHomeItSaysSo() {
        remote.leave();
        ConfigurationModel model = model(Optional.empty());
        assertEquals(Optional.empty(), model.source().get());
        assertTrue(model.trouble().get().orElseThrow().contains("home directory is not known"));
        remote.comeBack();
        assertEquals(Optional.empty(), model.trouble().get());
        assertEquals(List.of("1"), model.draft().state(ListeningOptions.SPORT).values());
    }

    @Test
    void historyIsNotRestoredOverEdits() {
        ConfigurationModel model = model(Optional.empty());
        sport(model, "2");
        assertTrue(problem(model.restore("20261122T190200.123Z", MINUTE)).contains("edits"));
        assertEquals(List.of(), remote.calls(ConfigMethods.RESTORE));
    }
}
