package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    @Test
    void ofThousandsOfTargetsTheFirstAreNamedAndTheOthersCounted() {
        List<String> targets = IntStream.range(0, 5_000).mapToObj(i -> "t" + i).toList();
        assertEquals(
                "t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, and 4990 more, which 'queue' shows",
                HealthChecks.some(targets, ", "));
        assertEquals("t0; t1", HealthChecks.some(targets.subList(0, 2), "; "));
    }
}
