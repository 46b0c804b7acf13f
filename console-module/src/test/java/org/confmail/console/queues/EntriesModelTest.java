package org.confmail.console.queues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.confmail.console.remote.Answer;
import org.confmail.console.testing.ManualClockwork;
import org.confmail.console.testing.ScriptedRemote;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.Entries;
import org.confmail.shared.admin.QueueMethods.EntriesOf;
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
        assertEquals(10, remote.asked(EntriesOf.class).size());
    }

    @Test
    void nothingIsAskedForWhileNothingChanges() {
        answerAtOnce();
        show("a");
        clockwork.pass(Duration.ofMinutes(10));
        model.changed("another");
        clockwork.pass(SECOND);
        assertEquals(1, remote.asked(EntriesOf.class).size());
        waiting = 2;
        model.changed("a");
        clockwork.pass(SECOND);
        assertEquals(2, model.content().get().entries().size());
    }

    @Test
    void slowAnswersAreAskedForTheLessOften() {
        List<Answer<Entries>> pending = new ArrayList<>();
        remote.onLater(QueueMethods.ENTRIES, _ -> {
            Answer<Entries> answer = new Answer<>();
            pending.add(answer);
            return answer;
        });
        show("a");
        clockwork.pass(Duration.ofSeconds(3));
        model.changed("a");
        pending.getFirst().complete(page(Optional.empty()));
        clockwork.pass(Duration.ofSeconds(11));
        assertEquals(1, pending.size(), "it took three seconds: twelve must pass");
        clockwork.pass(SECOND);
        assertEquals(2, pending.size());
    }

    @Test
    void answerForAnotherTargetIsNotShown() {
        List<Answer<Entries>> pending = new ArrayList<>();
        remote.onLater(QueueMethods.ENTRIES, _ -> {
            Answer<Entries> answer = new Answer<>();
            pending.add(answer);
            return answer;
        });
        show("a");
        model.show(Optional.of("b"));
        pending.getFirst().complete(page(Optional.empty()));
        assertFalse(model.content().get().known());
        pending.getLast().complete(page(Optional.empty()));
        assertTrue(model.content().get().known());
        assertEquals(Optional.of("b"), model.content().get().target());
    }

    @Test
    void entriesStayWhileTheServerIsGoneAndAreAskedForWhenItIsBack() {
        answerAtOnce();
        show("a");
        remote.vanish();
        clockwork.pass(SECOND);
        assertEquals(3, model.content().get().entries().size());
        waiting = 1;
        remote.appear();
        clockwork.pass(SECOND);
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
