package org.confmail.console.queues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.confmail.console.queues.AgeModel.TargetAges;
import org.confmail.console.queues.ProbeModel.Probe;
import org.confmail.console.testing.ManualClockwork;
import org.confmail.console.testing.ScriptedRemote;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.QueueMethods;
import org.confmail.shared.admin.QueueMethods.Count;
import org.confmail.shared.admin.QueueMethods.Filter;
import org.confmail.shared.admin.QueueMethods.ProbeResult;
import org.confmail.shared.admin.QueueMethods.ProbeStep;
import org.confmail.shared.admin.QueueMethods.Step;
import org.confmail.shared.admin.QueueMethods.TargetLine;
import org.confmail.shared.admin.QueueMethods.TargetState;
import org.junit.jupiter.api.Test;

/** What is made of a queue: ages by class, the steps of a probe, a reason in words. */
class QueuePictureTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final ScriptedRemote remote = new ScriptedRemote();

    @Test
    void entriesAreCountedByClassOfAge() {
        List<Long> older = List.of(20L, 15L, 9L, 4L, 1L);
        remote.on(QueueMethods.COUNT, filter -> new Count(older.get(classOf(filter)), 0));
        AgeModel model = new AgeModel(remote, new ManualClockwork(), () -> List.of(line("a", 20), line("none", 0)));
        model.start();
        assertEquals(
                List.of(new TargetAges("a", List.of(5L, 6L, 5L, 3L, 1L))),
                model.ages().get().targets());
        model.stop();
    }

    @Test
    void pictureShowsTheLargestTargetsAndCountsTheOthers() {
        remote.on(QueueMethods.COUNT, _ -> new Count(1, 0));
        List<TargetLine> many =
                IntStream.rangeClosed(1, 20).mapToObj(n -> line("t" + n, n)).toList();
        AgeModel model = new AgeModel(remote, new ManualClockwork(), () -> many);
        model.start();
        assertEquals(
                List.of("t20", "t19", "t18", "t17", "t16"),
                model.ages().get().targets().stream().map(TargetAges::target).toList());
        assertEquals(15, model.ages().get().others());
        model.stop();
    }

    @Test
    void stepsOfAProbeAppearOneByOne() {
        Step tcp = new Step("tcp", true, "connected", 3);
        Step greeting = new Step("greeting", false, "closed", 7);
        remote.on(QueueMethods.PROBE, _ -> new ProbeResult(false, List.of(tcp, greeting)));
        ProbeModel model = new ProbeModel(remote);
        List<Integer> seen = new ArrayList<>();
        model.probe()
                .addListener((_, _, now) -> seen.add(now.orElseThrow().steps().size()));
        remote.hold();
        model.begin("a");
        remote.tell(QueueMethods.PROBE_STEP, new ProbeStep("a", tcp));
        remote.tell(QueueMethods.PROBE_STEP, new ProbeStep("another", tcp));
        assertTrue(model.probe().get().orElseThrow().runs());
        remote.release();
        assertEquals(List.of(0, 1, 2), seen);
        assertEquals(Optional.of(false), model.probe().get().flatMap(Probe::well));
        model.close();
        assertEquals(0, remote.subscriptions());
    }

    @Test
    void targetThatCannotBeProbedSaysWhy() {
        remote.refuse(QueueMethods.PROBE, AdminError.REFUSED, "this target is no server");
        ProbeModel model = new ProbeModel(remote);
        model.begin("entangled");
        assertEquals(
                "this target is no server",
                model.probe().get().flatMap(Probe::problem).orElseThrow().text());
    }

    @Test
    void diagnosisSaysWhyAndWhatToDo() {
        TargetLine stuck = new TargetLine(
                "replication",
                Optional.of("b.example:8081"),
                TargetState.WAITING,
                12,
                3 << 20,
                Optional.of(NOW.minusSeconds(12_000)),
                5,
                Optional.of(NOW.plusSeconds(30)),
                Optional.of("connection refused"));
        Diagnosis diagnosis = Diagnosis.of(TargetRow.of(stuck, NOW));
        assertEquals(
                "Stuck: 5 attempts in a row failed. 12 entries (3.0 MiB) wait, the oldest for 3 h 20 min.",
                diagnosis.headline());
        assertEquals(Optional.of("connection refused"), diagnosis.reason());
        assertEquals("in 30 s", diagnosis.next());
        assertTrue(diagnosis.advice().contains("retry"), diagnosis::advice);
    }

    @Test
    void missingPartnerLeadsToItsOption() {
        TargetLine line = new TargetLine(
                "replication",
                Optional.empty(),
                TargetState.NO_PARTNER,
                1,
                10,
                Optional.of(NOW),
                0,
                Optional.empty(),
                Optional.empty());
        Diagnosis diagnosis = Diagnosis.of(TargetRow.of(line, NOW));
        assertEquals("Stuck: there is no replication partner. 1 entry (10 B) waits for 0 s.", diagnosis.headline());
        assertEquals(Optional.of("replpeer"), diagnosis.configure());
    }

    private static int classOf(Filter filter) {
        return filter.olderThanSeconds()
                .map(seconds -> 1
                        + AgeModel.LIMITS.stream()
                                .map(limit -> limit.toSeconds())
                                .toList()
                                .indexOf(seconds))
                .orElse(0);
    }

    private static TargetLine line(String target, long entries) {
        return new TargetLine(
                target,
                Optional.empty(),
                TargetState.WAITING,
                entries,
                entries,
                Optional.of(NOW),
                0,
                Optional.empty(),
                Optional.empty());
    }
}
