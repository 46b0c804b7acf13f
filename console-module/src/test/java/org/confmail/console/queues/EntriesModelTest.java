package org.confmail.console.queues;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.confmail.console.testing.ManualClockwork;
import org.confmail.console.testing.ScriptedRemote;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.Entries;
import org.confmail.shared.admin.QueueMethods.Entry;
import org.junit.jupiter.api.Test;

class EntriesModelTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ScriptedRemote remote = new ScriptedRemote();
    private final ManualClockwork clockwork = new ManualClockwork();
    private final EntriesModel model = new EntriesModel(remote, clockwork);
    private int waiting = 3;

    @Test
    void pagesArePutTogetherUpToTheBound() {
        waiting = 12_345;
        answerAtOnce();
        show("a");
        assertEquals(EntriesModel.ENTRIES_MAX, model.content().get().entries().size());
        assertEquals(12_345, model.content().get().total());
        assertEquals("entry 00000", model.content().get().entries().getFirst().name());
        assertEquals(10, remote.calls(QueueMethods.ENTRIES).size());
    }

    @Test
    void nothingIsAskedForWhileNothingChanges() {
        answerAtOnce();
        show("a");
        clockwork.advance(Duration.ofMinutes(10));
        model.changed("another");
        clockwork.advance(SECOND);
        assertEquals(1, remote.calls(QueueMethods.ENTRIES).size());
        waiting = 2;
        model.changed("a");
        clockwork.advance(SECOND);
        assertEquals(2, model.content().get().entries().size());
    }

    @Test
    void slowAnswersAreAskedForTheLessOften() {
        answerAtOnce();
        remote.hold();
        show("a");
        clockwork.advance(Duration.ofSeconds(3));
        model.changed("a");
        remote.release();
        clockwork.advance(Duration.ofSeconds(11));
        assertEquals(1, remote.calls(QueueMethods.ENTRIES).size(), "it took three seconds: twelve must pass");
        clockwork.advance(SECOND);
        assertEquals(2, remote.calls(QueueMethods.ENTRIES).size());
    }

    @Test
    void answerForAnotherTargetIsNotShown() {
        answerAtOnce();
        List<Optional<String>> known = new ArrayList<>();
        model.content().addListener((_, _, now) -> {
            if (now.known()) {
                known.add(now.target());
            }
        });
        remote.hold();
        show("a");
        model.show(Optional.of("b"));
        remote.release();
        assertEquals(List.of(Optional.of("b")), known);
    }

    @Test
    void entriesStayWhileTheServerIsGoneAndAreAskedForWhenItIsBack() {
        answerAtOnce();
        show("a");
        remote.leave();
        clockwork.advance(SECOND);
        assertEquals(3, model.content().get().entries().size());
        waiting = 1;
        remote.comeBack();
        clockwork.advance(SECOND);
        assertEquals(1, model.content().get().entries().size());
        model.stop();
        assertEquals(0, clockwork.repeating());
    }

    private void show(String target) {
        model.start();
        model.show(Optional.of(target));
    }

    private void answerAtOnce() {
        remote.on(QueueMethods.ENTRIES, asked -> page(asked.after()));
    }

    private Entries page(Optional<String> after) {
        int from = after.map(Integer::parseInt).orElse(0);
        int to = Math.min(waiting, from + EntriesModel.PAGE);
        List<Entry> entries = IntStream.range(from, to).mapToObj(this::entry).toList();
        return new Entries(entries, waiting, to < waiting ? Optional.of("" + to) : Optional.empty());
    }

    private Entry entry(int number) {
        return new Entry(
                String.format("entry %05d", number),
                "data",
                Optional.empty(),
                10,
                clockwork.now(),
                0,
                Optional.empty(),
                Optional.empty());
    }
}
