package org.confmail.server.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.confmail.server.net.NameLookup;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final Instant NOW = RunningDelivery.NOW;
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Agenda agenda = new Agenda();
    private final ReentrantLock lock = new ReentrantLock();
    private long number;

    private TargetState enter(Instant due) {
        Target target = Target.named("server=a" + number + ".example:1").orElseThrow();
        return enter(new TargetState(target, number++, lock.newCondition()), due);
    }

    private TargetState enter(TargetState target, Instant due) {
        agenda.enter(target, due);
        return target;
    }

    private List<Agenda.Permit> begin(Instant now) {
        return Stream.generate(() -> agenda.begin(now))
                .takeWhile(Optional::isPresent)
                .map(Optional::orElseThrow)
                .toList();
    }

    @Test
    void eachBeginsInItsTime() {
        TargetState second = enter(NOW.plusSeconds(2));
        TargetState first = enter(NOW.plusSeconds(1));
        assertEquals(Optional.of(NOW.plusSeconds(1)), agenda.next());
        assertEquals(List.of(), begin(NOW));
        assertEquals(List.of(first), targets(begin(NOW.plusSeconds(1))));
        assertEquals(Optional.of(NOW.plusSeconds(2)), agenda.next());
        assertEquals(List.of(second), targets(begin(NOW.plusSeconds(3))));
        assertEquals(Optional.empty(), agenda.next());
    }

    @Test
    void theEndOfOneMakesRoom() {
        enterMany(Agenda.SESSIONS_MAX + 1);
        List<Agenda.Permit> running = begin(NOW);
        assertEquals(Agenda.SESSIONS_MAX, running.size());
        running.getFirst().giveBack();
        assertEquals(Optional.of(NOW), agenda.next());
        assertEquals(1, begin(NOW).size());
    }

    @Test
    void aLongSessionMakesRoom() {
        enterMany(Agenda.SESSIONS_MAX - 2);
        assertEquals(Agenda.SESSIONS_MAX - 2, begin(NOW.plusSeconds(1)).size());
        enterMany(5);
        assertEquals(2, begin(NOW.plusSeconds(3)).size());
        assertEquals(Optional.of(NOW.plusSeconds(1).plus(Agenda.LONG)), agenda.next());
        assertEquals(List.of(), begin(NOW.plusSeconds(1).plus(Agenda.LONG).minus(MOMENT)));
        assertEquals(3, begin(NOW.plusSeconds(1).plus(Agenda.LONG)).size());
    }

    @Test
    void noMoreThanSomeRunBesideTheOthers() {
        List<Agenda.Permit> running = fill();
        assertEquals(Optional.empty(), agenda.next());
        assertEquals(List.of(), begin(NOW.plus(Duration.ofDays(1))));
        running.getLast().giveBack();
        assertEquals(1, begin(NOW.plus(Duration.ofDays(1))).size());
    }

    @Test
    void whereTooManyAreLongEachHasItsTurn() {
        List<Agenda.Permit> running = fill();
        TargetState first = running.getFirst().target();
        TargetState last = running.getLast().target();
        Instant turn = NOW.plus(Agenda.TURN);
        assertFalse(agenda.hasHadItsTurn(first, turn.minus(MOMENT)));
        assertTrue(agenda.hasHadItsTurn(first, turn));
        assertFalse(agenda.hasHadItsTurn(last, turn));
        last.notBegunAfter(NOW);
        assertTrue(agenda.hasHadItsTurn(last, turn), "as the clock goes now");
        running.get(1).giveBack();
        assertFalse(agenda.hasHadItsTurn(first, turn), "there is room");
        begin(turn);
        assertFalse(agenda.hasHadItsTurn(first, turn), "nobody waits");
        enter(turn.plus(MOMENT));
        assertFalse(agenda.hasHadItsTurn(first, turn), "it is nobody's time yet");
    }

    /** As many as may run at all, and one that waits. */
    private List<Agenda.Permit> fill() {
        int room = (1 + Agenda.LONG_PER_PLACE_MAX) * Agenda.SESSIONS_MAX;
        enterMany(room + 1);
        List<Agenda.Permit> running = new ArrayList<>();
        for (Instant now = NOW; running.size() < room; now = now.plus(Agenda.LONG)) {
            assertEquals(Optional.of(now), agenda.next());
            List<Agenda.Permit> begun = begin(now);
            assertEquals(Agenda.SESSIONS_MAX, begun.size());
            running.addAll(begun);
        }
        return running;
    }

    @Test
    void ifTheNamesOfAllTargetsHangOthersAreStillLookedUp() {
        assertTrue(Agenda.SESSIONS_IN_ALL_MAX < NameLookup.THREADS_MAX);
    }

    @Test
    void thoseThatFailedHavePlacesOfTheirOwn() {
        for (int n = 0; n < Agenda.SESSIONS_TO_FAILING_MAX + 1; n++) {
            TargetState target = enter(NOW);
            target.countFailure();
            enter(target, NOW);
        }
        enterMany(Agenda.SESSIONS_MAX + 1);
        assertEquals(
                Agenda.SESSIONS_MAX + Agenda.SESSIONS_TO_FAILING_MAX, begin(NOW).size());
    }

    private void enterMany(int targets) {
        for (int n = 0; n < targets; n++) {
            enter(NOW);
        }
    }

    private static List<TargetState> targets(List<Agenda.Permit> permits) {
        return permits.stream().map(Agenda.Permit::target).toList();
    }
}
