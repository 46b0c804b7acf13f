package org.confmail.console.queues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confmail.console.testing.ManualClockwork;
import org.confmail.console.testing.ScriptedRemote;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminEvent.Subscribed;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.TargetChange;
import org.confmail.shared.admin.QueueMethods.TargetLine;
import org.confmail.shared.admin.QueueMethods.TargetState;
import org.confmail.shared.admin.QueueMethods.Targets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TargetsModelTest {
    private final ScriptedRemote remote = new ScriptedRemote();
    private final ManualClockwork clockwork = new ManualClockwork();
    private final List<String> entriesChanged = new ArrayList<>();
    private final TargetsModel model = new TargetsModel(remote, clockwork, entriesChanged::add);
    private List<TargetLine> there = List.of();

    @AfterEach
    void nothingGoesOnWhenHidden() {
        model.stop();
        assertEquals(0, clockwork.repeating());
        assertEquals(0, remote.subscriptions());
    }

    @Test
    void targetsThatNeedALookStandFirst() {
        there = List.of(
                line("a", TargetState.IDLE, 0, 0),
                line("b", TargetState.SENDING, 3, 0),
                line("c", TargetState.HELD, 3, 0),
                line("d", TargetState.WAITING, 3, 0),
                line("e", TargetState.WAITING, 3, 7),
                line("f", TargetState.NO_PARTNER, 3, 0));
        begin();
        assertEquals(List.of("e", "f", "c", "d", "b", "a"), names());
        assertEquals(
                List.of("failing", "no partner", "held", "waiting", "sending", "nothing waits"),
                model.rows().get().stream().map(TargetRow::state).toList());
    }

    @Test
    void nextAttemptIsCountedDownEachSecond() {
        there = List.of(failing("a", Duration.ofSeconds(65)));
        begin();
        assertEquals("in 1 min 5 s", onlyRow().next());
        clockwork.advance(Duration.ofSeconds(6));
        assertEquals("in 59 s", onlyRow().next());
        clockwork.advance(Duration.ofMinutes(2));
        assertEquals("now", onlyRow().next());
    }

    @Test
    void serverThatTellsOfChangesIsAskedSeldom() {
        remote.on(QueueMethods.FOLLOW, _ -> new Subscribed(1));
        there = List.of(line("a", TargetState.SENDING, 3, 0), line("b", TargetState.WAITING, 1, 0));
        begin();
        clockwork.advance(Duration.ofSeconds(30));
        assertEquals(1, remote.calls(QueueMethods.TARGETS).size());
        entriesChanged.clear();
        remote.tell(
                QueueMethods.CHANGED,
                new QueueMethods.Changed(
                        1,
                        0,
                        List.of(
                                new TargetChange("a", Optional.of(line("a", TargetState.SENDING, 2, 0)), true),
                                new TargetChange("b", Optional.empty(), false)),
                        1));
        assertEquals(2, onlyRow().line().entries());
        assertEquals(List.of("a"), entriesChanged);
    }

    @Test
    void lostChangesAreMadeGoodByAsking() {
        remote.on(QueueMethods.FOLLOW, _ -> new Subscribed(1));
        begin();
        there = List.of(line("new", TargetState.WAITING, 1, 0));
        remote.tell(QueueMethods.CHANGED, new QueueMethods.Changed(1, 5, List.of(), 1));
        assertEquals(List.of("new"), names());
    }

    @Test
    void serverThatTellsOfNoChangesIsAskedAgainAndAgain() {
        begin();
        there = List.of(line("a", TargetState.WAITING, 1, 0));
        clockwork.advance(TargetsModel.OFTEN);
        assertEquals(List.of("a"), names());
        assertEquals(List.of("a"), entriesChanged);
        clockwork.advance(TargetsModel.OFTEN);
        assertEquals(List.of("a"), entriesChanged, "nothing has changed since");
    }

    @Test
    void whatWasKnownStaysWhileTheServerIsGoneAndIsReplacedWhenItIsBack() {
        remote.on(QueueMethods.FOLLOW, _ -> new Subscribed(1));
        there = List.of(line("a", TargetState.WAITING, 1, 0));
        begin();
        remote.leave();
        assertEquals(List.of("a"), names());
        there = List.of(line("b", TargetState.WAITING, 1, 0));
        remote.comeBack();
        assertEquals(List.of("b"), names());
        assertEquals(1, remote.subscriptions());
    }

    @Test
    void refusalIsToldUntilThereIsAnAnswer() {
        remote.refuse(QueueMethods.TARGETS, AdminError.UNAVAILABLE, "no queue");
        model.start();
        assertEquals("no queue", model.problem().get().orElseThrow().text());
        assertFalse(model.known().get());
        begin();
        clockwork.advance(TargetsModel.OFTEN);
        assertTrue(model.problem().get().isEmpty());
        assertTrue(model.known().get());
    }

    private void begin() {
        remote.on(QueueMethods.TARGETS, _ -> new Targets(there, there.size(), Optional.empty()));
        model.start();
    }

    private List<String> names() {
        return model.rows().get().stream().map(TargetRow::target).toList();
    }

    private TargetRow onlyRow() {
        assertEquals(1, model.rows().get().size());
        return model.rows().get().getFirst();
    }

    private TargetLine failing(String target, Duration next) {
        return new TargetLine(
                target,
                Optional.empty(),
                TargetState.WAITING,
                1,
                10,
                Optional.of(clockwork.now()),
                3,
                Optional.of(clockwork.now().plus(next)),
                Optional.of("refused"));
    }

    private TargetLine line(String target, TargetState state, long entries, int failures) {
        return new TargetLine(
                target,
                Optional.empty(),
                state,
                entries,
                entries * 10,
                Optional.empty(),
                failures,
                Optional.empty(),
                Optional.empty());
    }
}
