package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.confmail.shared.admin.QueueMethods.TargetLine;
import org.confmail.shared.admin.QueueMethods.TargetState;
import org.junit.jupiter.api.Test;

/** What health says of servers that cannot be sent to. */
class HealthChecksTest {
    private static String told(int failures, long entries, Optional<String> reason) {
        return HealthChecks.partner(new TargetLine(
                        "replication",
                        Optional.of("partner.example:8081"),
                        TargetState.WAITING,
                        entries,
                        1,
                        Optional.empty(),
                        failures,
                        Optional.empty(),
                        reason))
                .text();
    }

    @Test
    void numbersAreRightForOneAndForMany() {
        assertEquals(
                "sending to the replication partner failed once, and 1 entry waits: no reason is known. 'probe replication'"
                        + " goes step by step.",
                told(1, 1, Optional.empty()));
        assertEquals(
                "sending to the replication partner failed 2 times in a row, and 30 entries wait: refused. 'probe"
                        + " replication' goes step by step.",
                told(2, 30, Optional.of("refused.")));
    }

    @Test
    void ofThousandsOfTargetsTheFirstAreNamedAndTheOthersCounted() {
        List<String> targets = IntStream.range(0, 5_000).mapToObj(i -> "t" + i).toList();
        assertEquals(
                "t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, and 4990 more, which 'queue' shows",
                HealthChecks.some(targets, ", "));
        assertEquals("t0; t1", HealthChecks.some(targets.subList(0, 2), "; "));
    }
}
