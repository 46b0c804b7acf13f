package org.confmail.console.queues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.console.control.Questions;
import org.confmail.console.remote.Answer;
import org.confmail.console.testing.ScriptedRemote;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.Batch;
import org.confmail.shared.admin.QueueMethods.Count;
import org.confmail.shared.admin.QueueMethods.Filter;
import org.confmail.shared.admin.QueueMethods.Removed;
import org.junit.jupiter.api.Test;

class RemovalTest {
    private static final Filter OLD =
            new Filter(Optional.of("a"), Optional.of("data"), Optional.of(3600L), Optional.empty());

    private final ScriptedRemote remote = new ScriptedRemote();
    private final List<Questions.Confirmation> asked = new ArrayList<>();
    private boolean wanted;
    private int changes;
    private final Removal removal = new Removal(remote, new Questioned(), () -> changes++);

    @Test
    void userIsToldWhatAndHowManyAndNothingGoesWithoutConsent() {
        remote.on(QueueMethods.COUNT, _ -> new Count(14, 2048));
        Answer<Removed> answer = removal.remove(OLD, "data blocks of a");
        assertTrue(asked.getFirst().destroys());
        assertTrue(asked.getFirst().words().contains("14 entries (2.0 KiB)"), asked.getFirst()::words);
        assertTrue(asked.getFirst().words().contains("data blocks of a"), asked.getFirst()::words);
        assertFalse(answer.isOver());
        assertEquals(List.of(), remote.calls(QueueMethods.REMOVE));
    }

    @Test
    void removalCanBeUndoneUntilItWasUndone() {
        wanted = true;
        remote.on(QueueMethods.COUNT, _ -> new Count(1, 10));
        remote.on(QueueMethods.REMOVE, _ -> new Removed("batch 1", 1, 10));
        remote.on(QueueMethods.RESTORE, _ -> new Count(1, 10));
        removal.remove(OLD, "");
        assertEquals("batch 1", removal.last().get().orElseThrow().batch());
        assertEquals(1, changes);
        removal.restore("batch 1");
        assertEquals(List.of(new Batch("batch 1")), remote.calls(QueueMethods.RESTORE));
        assertTrue(removal.last().get().isEmpty());
        assertEquals(2, changes);
    }

    @Test
    void nothingToRemoveIsSaidWithoutAQuestion() {
        remote.on(QueueMethods.COUNT, _ -> new Count(0, 0));
        List<String> said = new ArrayList<>();
        removal.remove(OLD, "old ones").failed(problem -> said.add(problem.text()));
        assertEquals(List.of("the queue has no such entries any more: old ones"), said);
        assertEquals(List.of(), asked);
    }

    private final class Questioned implements Questions {
        @Override
        public Answer<Boolean> confirm(Confirmation confirmation) {
            asked.add(confirmation);
            return Answer.of(wanted);
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
