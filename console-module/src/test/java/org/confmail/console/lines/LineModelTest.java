package org.confmail.console.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.confmail.console.testing.ManualClockwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineModelTest {
    private static final Duration BATCH = Duration.ofMillis(100);

    private final ManualClockwork clockwork = new ManualClockwork();
    private final LineModel model = new LineModel(Runnable::run, Runnable::run, clockwork);

    private List<String> shown() {
        Matches shown = model.shown();
        return IntStream.range(0, shown.size())
                .mapToObj(place ->
                        model.store().line(shown.number(place)).orElseThrow().text())
                .toList();
    }

    private void give(String... texts) {
        for (String text : texts) {
            model.add(List.of(new Line(clockwork.now(), Mark.INFO, "store", "", OptionalLong.of(text.length()), text)));
        }
        clockwork.advance(BATCH);
    }

    @Test
    void newLinesComeInBatches() {
        int[] changes = {0};
        model.onChange(() -> changes[0]++);
        for (Line line : LineStoreTest.lines(0, 5000)) {
            model.add(List.of(line));
        }
        assertEquals(0, changes[0]);
        clockwork.advance(BATCH);
        assertEquals(5000, model.shown().size());
        assertTrue(changes[0] < 20, "" + changes[0]);
        clockwork.advance(BATCH);
        assertEquals(0, clockwork.repeating(), "the clock rests while nothing comes");
    }

    @Test
    void floodDoesNotWaitForTheNextBatch() {
        model.add(LineStoreTest.lines(0, 20_000));
        assertEquals(20_000, model.store().size());
    }

    @Test
    void pausedLinesAreCountedAndComeAfterwards() {
        give("a", "b");
        model.paused().set(true);
        give("c", "d", "e");
        assertEquals(List.of("a", "b"), shown());
        assertEquals(3, model.unseen().get());
        model.filterText().set("b");
        assertEquals(List.of("b"), shown());
        model.filterText().set("");
        model.paused().set(false);
        assertEquals(List.of("a", "b", "c", "d", "e"), shown());
        assertEquals(0, model.unseen().get());
    }

    @Test
    void filtersGoTogether() {
        model.add(LineStoreTest.lines(0, 1000));
        clockwork.advance(BATCH);
        model.marks().set(LineFilter.from(Mark.WARNING));
        assertEquals(10, model.shown().size());
        model.connection().set(OptionalLong.of(2));
        assertEquals(2, model.shown().size()); // 100 and 800
        model.filterText().set("LINE 8");
        assertEquals(List.of("line 800: block … kept"), shown());
        model.filterExpression().set(true);
        model.filterText().set("^line \\d00:");
        assertEquals(2, shown().size());
        model.filterText().set("store"); // who speaks
        assertEquals(2, shown().size());
        model.add(List.of(Line.note(clockwork.now(), "some are missing")));
        clockwork.advance(BATCH);
        assertEquals("some are missing", shown().getLast());
    }

    @Test
    void wrongExpressionSaysWhyAndTheOneBeforeStays() {
        give("abc", "xyz");
        model.filterText().set("b");
        model.filterExpression().set(true);
        model.filterText().set("b(");
        assertEquals(List.of("abc"), shown());
        assertTrue(
                model.filterProblem().get().contains("Unclosed group"),
                model.filterProblem().get());
        assertTrue(
                model.filterProblem().get().contains("stays in effect: b"),
                model.filterProblem().get());
        model.filterText().set("y|z");
        assertEquals("", model.filterProblem().get());
        assertEquals(List.of("xyz"), shown());
    }

    @Test
    void expressionThatWouldTakeForeverIsGivenUp() {
        give("abc", "a".repeat(40) + "!");
        model.filterText().set("abc");
        model.filterExpression().set(true);
        model.filterText().set("(.*a){12}c");
        assertTrue(
                model.filterProblem().get().contains("too long"),
                model.filterProblem().get());
        assertEquals(List.of("abc"), shown());
        model.findExpression().set(true);
        model.findText().set("(.*a){12}c");
        model.filterText().set("");
        assertTrue(
                model.findProblem().get().contains("too long"),
                model.findProblem().get());
        give("more");
        assertEquals(3, shown().size());
    }

    @Test
    void searchGoesRound() {
        give("one", "two", "one and two", "three");
        model.findText().set("one");
        assertEquals(2, model.found().size());
        long first = model.store().first();
        assertEquals(Optional.of(first), model.findNext(first - 1));
        assertEquals(Optional.of(first + 2), model.findNext(first));
        assertEquals(Optional.of(first), model.findNext(first + 2));
        assertEquals(Optional.of(first + 2), model.findPrevious(first));
        give("one more");
        assertEquals(3, model.found().size());
        model.filterText().set("more");
        assertEquals(1, model.found().size());
        model.findText().set("nothing");
        assertEquals(Optional.empty(), model.findNext(first));
    }

    @Test
    void errorsAreFoundAmongTheShownLines() {
        model.add(LineStoreTest.lines(0, 1000));
        clockwork.advance(BATCH);
        long first = model.store().first();
        assertEquals(Optional.of(first + 100), model.next(Mark.ERROR, first));
        assertEquals(Optional.of(first), model.previous(Mark.ERROR, first + 100));
        assertEquals(Optional.empty(), model.previous(Mark.ERROR, first));
        assertEquals(Optional.empty(), model.next(Mark.ERROR, first + 900));
        model.connection().set(OptionalLong.of(4));
        assertEquals(Optional.of(first + 200), model.next(Mark.ERROR, first));
        assertEquals(Optional.of(first + 900), model.previous(Mark.ERROR, first + 999));
    }

    @Test
    void pastIsNotMixedWithWhatComes() {
        give("a");
        model.live().set(false);
        give("b", "c");
        assertEquals(List.of("a"), shown());
        assertEquals(2, model.unseen().get());
        model.clear();
        model.live().set(true);
        give("d");
        assertEquals(List.of("d"), shown());
        assertEquals(0, model.unseen().get());
    }

    @Test
    void twoHundredThousandLinesStayWithinBoundsAndAreFilteredSoon() {
        for (int n = 0; n < 300_000; n += 1000) {
            model.add(LineStoreTest.lines(n, n + 1000));
        }
        clockwork.advance(BATCH);
        assertTrue(model.store().size() <= LineStore.LINES_MAX);
        assertTrue(model.store().size() > LineStore.LINES_MAX - 1000);
        assertTrue(model.store().bytes() < 20 << 20, "" + model.store().bytes());
        assertEquals(model.store().size(), model.shown().size());
        assertTimeout(Duration.ofSeconds(20), () -> {
            model.filterText().set("99: BLOCK");
            assertEquals(model.store().size() / 100.0, model.shown().size(), 10);
            model.filterExpression().set(true);
            model.filterText().set("line \\d+7: .* kept");
            assertEquals(model.store().size() / 10.0, model.shown().size(), 60);
        });
        assertFalse(model.shown().isLooking());
    }

    @Test
    void shownAndSelectedLinesAreWritten(@TempDir Path directory) throws IOException {
        model.add(LineStoreTest.lines(0, 3000));
        clockwork.advance(BATCH);
        model.filterText().set("7:");
        Path file = directory.resolve("log.txt");
        assertEquals(300, LineExport.shown(model).write(file, Line::text));
        assertEquals(shown(), Files.readAllLines(file));

        SelectedLines selected = new SelectedLines();
        long first = model.store().first();
        selected.only(first + 7);
        selected.extendTo(first + 27);
        selected.toggle(first + 2997);
        selected.toggle(first + 17);
        assertEquals(
                List.of("line 7: block … kept", "line 27: block … kept", "line 2997: block … kept"),
                LineExport.selected(model, selected).text(Line::text).lines().toList());
    }

    @Test
    void logLinesAreWrittenAsTheLogHasThem() {
        Line line = LineStoreTest.line(100);
        assertEquals(
                LineText.time(line.time()) + " ERROR store connection-2 line 100: block … kept", LineText.log(line));
        assertEquals(LineText.time(line.time()) + " 2 error line 100: block … kept", LineText.traffic(line));
    }
}
