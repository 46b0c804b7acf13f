package org.confmail.console.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.confmail.console.control.Questions;
import org.confmail.console.lines.Line;
import org.confmail.console.lines.LineModel;
import org.confmail.console.lines.LineText;
import org.confmail.console.lines.Mark;
import org.confmail.console.remote.Answer;
import org.confmail.console.settings.KnownServer;
import org.confmail.console.settings.KnownServers;
import org.confmail.console.settings.Settings;
import org.confmail.console.testing.ManualClockwork;
import org.confmail.console.testing.ScriptedRemote;
import org.confmail.console.view.Workplace;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.LogMethods;
import org.confmail.shared.admin.LogMethods.Level;
import org.confmail.shared.admin.LogMethods.LogLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogModelTest {
    private static final Duration BATCH = Duration.ofMillis(100);
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    /** All that the log file holds; two lines share each millisecond. */
    private final List<LogLine> written = new ArrayList<>();

    private final ManualClockwork clockwork = new ManualClockwork();
    private final ScriptedRemote remote =
            new ScriptedRemote().on(LogMethods.FOLLOW, _ -> new Subscribed(1)).on(LogMethods.PAGE, this::page);
    private final LineModel lines = new LineModel(Runnable::run, Runnable::run, clockwork);
    private final List<String> told = new ArrayList<>();
    private final Telling telling = new Telling();

    @TempDir
    Path directory;

    private LogModel model(Optional<Path> file) {
        KnownServers servers = new KnownServers(Settings.forgetful());
        KnownServer server = new KnownServer(Path.of("/admin.sock"), Optional.of(directory), file);
        servers.add(server);
        LogModel model = new LogModel(
                new Workplace(
                        remote,
                        servers,
                        server,
                        clockwork,
                        Settings.forgetful(),
                        new NoQuestions(),
                        Runnable::run,
                        Runnable::run,
                        _ -> {}),
                lines,
                telling);
        model.start();
        return model;
    }

    private static LogLine line(int n) {
        return new LogLine(START.plusMillis(n / 2), Level.INFO, "server", "main", "event " + n);
    }

    private void write(int from, int to) {
        IntStream.range(from, to).mapToObj(LogModelTest::line).forEach(written::add);
    }

    private void tell(int from, int to) {
        remote.tell(
                LogMethods.LOG_LINES,
                new LogMethods.LogLines(
                        1,
                        0,
                        IntStream.range(from, to).mapToObj(LogModelTest::line).toList()));
        clockwork.advance(BATCH);
    }

    private LogMethods.Lines page(LogMethods.Page asked) {
        int from;
        int to;
        int limit = asked.limit().orElseThrow();
        if (asked.older().isPresent()) {
            to = Integer.parseInt(asked.older().get());
            from = Math.max(0, to - limit);
        } else {
            from = asked.newer().map(Integer::parseInt).orElseGet(() -> (int) written.stream()
                    .takeWhile(line -> line.time().isBefore(asked.from().orElse(Instant.MAX)))
                    .count());
            to = Math.min(written.size(), from + limit);
        }
        return new LogMethods.Lines(
                "/log", written.subList(from, to), from == 0 ? Optional.empty() : Optional.of("" + from), "" + to);
    }

    private List<String> shown() {
        return LongStream.range(lines.store().first(), lines.store().end())
                .mapToObj(number -> lines.store().line(number).orElseThrow())
                .map(Line::text)
                .toList();
    }

    private static List<String> events(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> "event " + n).toList();
    }

    @Test
    void recentLinesComeFirstThenNewOnes() {
        LogModel model = model(Optional.empty());
        tell(0, 10);
        tell(10, 12);
        assertEquals(events(0, 12), shown());
        assertEquals(
                Optional.of(1000), remote.calls(LogMethods.FOLLOW).getFirst().recent());
        remote.tell(LogMethods.LOG_LINES, new LogMethods.LogLines(1, 37, List.of(line(50))));
        clockwork.advance(BATCH);
        assertTrue(shown().get(12).startsWith("37 lines were not told by the server"), shown().get(12));
        model.close();
        assertEquals(0, remote.subscriptions());
        assertEquals(0, clockwork.repeating());
    }

    @Test
    void olderLinesGoOnWhereTheOldestIs() {
        write(0, 5000);
        LogModel model = model(Optional.empty());
        tell(4001, 5000); // in the middle of a millisecond
        model.older();
        assertEquals(events(4000, 5000), shown().subList(shown().size() - 1000, shown().size()));
        while (shown().size() < 5000) {
            model.older();
        }
        assertEquals(events(0, 5000), shown());
        model.older();
        assertTrue(told.getLast().contains("beginning"), told.getLast());
        assertTrue(lines.live().get());
    }

    @Test
    void olderLinesAreReadUntilTheFilterLetsSomePass() {
        write(0, 5000);
        LogModel model = model(Optional.empty());
        lines.filterExpression().set(true);
        lines.filterText().set("event \\d\\d\\d?$");
        tell(4000, 5000);
        assertEquals(0, lines.shown().size());
        model.older();
        assertTrue(lines.shown().size() > 50, told.toString());
        assertEquals(5000, lines.store().size());
    }

    @Test
    void timeLongAgoIsReadFromTheFileUntilTheEndIsWanted() {
        write(0, 9000);
        LogModel model = model(Optional.empty());
        tell(8000, 9000);
        Answer<Boolean> near = model.goTo(START.plusMillis(4200));
        near.done(found -> assertTrue(found && lines.live().get()));
        assertTrue(near.isOver());

        model.goTo(START.plusMillis(1000)).done(found -> told.add("found " + found));
        assertEquals("found true", told.getLast());
        assertEquals(events(2000, 3000), shown());
        assertTrue(model.notice().get().contains("not live"), model.notice().get());
        tell(9000, 9010);
        assertEquals(10, lines.unseen().get());
        model.newer();
        model.older();
        assertEquals(events(1000, 4000), shown());
        model.goTo(START.plusSeconds(3600)).done(found -> told.add("found " + found));
        assertEquals("found false", told.getLast());
        assertEquals(events(1000, 4000), shown());

        model.toNow();
        tell(8010, 9010);
        assertEquals(events(8010, 9010), shown());
        assertEquals("", model.notice().get());
    }

    @Test
    void fileIsReadWhileTheServerIsGoneAndNothingComesTwice() throws IOException {
        write(0, 3000);
        Path file = directory.resolve("server.log");
        Files.writeString(file, text(0, 3000));
        LogModel model = model(Optional.of(file));
        tell(2000, 2995);
        remote.leave();
        assertEquals(events(2000, 3000), shown());
        assertTrue(model.notice().get().contains("not live"), model.notice().get());
        model.older();
        assertEquals(events(1000, 3000), shown());
        Files.writeString(file, text(0, 3100));
        model.refresh();
        assertEquals(events(1000, 3100), shown());

        remote.comeBack();
        assertEquals("", model.notice().get());
        tell(3050, 3120);
        assertEquals(events(1000, 3120), shown());
    }

    @Test
    void gapIsToldWhereTheSameServerLoggedMoreThanItKeeps() {
        model(Optional.empty());
        tell(0, 10);
        remote.leave();
        remote.comeBack();
        tell(100, 110); // another process: it has told all that it has
        assertEquals(20, shown().size());
        remote.leave();
        remote.comeBack();
        tell(200, 210);
        assertEquals(31, shown().size());
        assertEquals(
                Mark.NOTE,
                lines.store().line(lines.store().end() - 11).orElseThrow().mark());
    }

    @Test
    void otherFileCanBeReadAndSaysSo() throws IOException {
        Path file = directory.resolve("old.log");
        Files.writeString(file, text(0, 20));
        LogModel model = model(Optional.empty());
        tell(100, 110);
        model.open(file);
        assertEquals(events(0, 20), shown());
        assertTrue(
                model.notice().get().contains(file.toString()), model.notice().get());
        model.open(directory.resolve("missing.log"));
        assertTrue(
                model.notice().get().startsWith("Cannot read"), model.notice().get());
        model.toNow();
        tell(100, 112);
        assertEquals(events(100, 112), shown());
    }

    private static String text(int from, int to) {
        StringBuilder text = new StringBuilder();
        IntStream.range(from, to)
                .mapToObj(LogModelTest::line)
                .map(LogLines::line)
                .forEach(line -> text.append(LineText.log(line)).append('\n'));
        return text.toString();
    }

    private final class Telling implements LogModel.Tell {
        @Override
        public void working(String words) {
            told.add(words);
        }

        @Override
        public void done(String words) {
            told.add(words);
        }

        @Override
        public void failed(String reason) {
            told.add(reason);
        }

        @Override
        public void nothing() {}
    }

    private static final class NoQuestions implements Questions {
        @Override
        public Answer<Boolean> confirm(Confirmation confirmation) {
            return new Answer<>();
        }

        @Override
        public Answer<Path> fileToSave(String title, String suggestedName) {
            return new Answer<>();
        }

        @Override
        public Answer<Path> fileToOpen(String title, Optional<Path> beginAt) {
            return new Answer<>();
        }

        @Override
        public Answer<Path> directory(String title, Optional<Path> beginAt) {
            return new Answer<>();
        }
    }
}
