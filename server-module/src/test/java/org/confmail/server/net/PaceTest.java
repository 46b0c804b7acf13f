package org.confmail.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.confmail.server.net.DeadlineWatch.Deadline;
import org.confmail.server.time.ManualTime;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration ALLOWANCE = Duration.ofSeconds(60);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final long BYTES_PER_SECOND = 100;

    private final ManualTime time = new ManualTime();
    private final DeadlineWatch watch = new DeadlineWatch(time, time);
    private final AtomicInteger closed = new AtomicInteger();
    private final Deadline deadline = watch.watch(closed::incrementAndGet);

    private Pace pace() {
        return new Pace(deadline, time, ALLOWANCE, BYTES_PER_SECOND);
    }

    @Test
    void connectionWithoutDeadlineLives() {
        time.advance(Duration.ofDays(10_000));
        assertFalse(deadline.expired());
    }

    @Test
    void deadlineClosesOnceAndCanBePutOff() {
        deadline.in(ALLOWANCE);
        time.advance(ALLOWANCE);
        assertFalse(deadline.expired());
        deadline.in(ALLOWANCE);
        time.advance(ALLOWANCE);
        assertFalse(deadline.expired());
        time.advance(MOMENT);
        time.advance(MOMENT);
        assertTrue(deadline.expired());
        assertEquals(1, closed.get());
    }

    @Test
    void nothingIsClosedAfterTheWatchEnded() {
        deadline.in(ALLOWANCE);
        deadline.close();
        time.advance(ALLOWANCE.multipliedBy(2));
        assertEquals(0, closed.get());
    }

    @Test
    void socketThatCannotBeClosedDoesNotKeepTheOthersOpen() {
        Deadline bad = watch.watch(() -> {
            throw new IOException("stuck");
        });
        bad.in(ALLOWANCE);
        deadline.in(ALLOWANCE);
        time.advance(ALLOWANCE.plus(MOMENT));
        assertTrue(bad.expired());
        assertEquals(1, closed.get());
    }

    @Test
    void stalledTransferHasItsAllowance() {
        pace().begin();
        time.advance(ALLOWANCE);
        assertFalse(deadline.expired());
        time.advance(MOMENT);
        assertTrue(deadline.expired());
    }

    @Test
    void bytesEarnTime() {
        Pace pace = pace();
        for (int i = 0; i < 1000; i++) {
            time.advance(Duration.ofSeconds(1));
            pace.moved(BYTES_PER_SECOND);
        }
        time.advance(ALLOWANCE);
        assertFalse(deadline.expired());
        time.advance(MOMENT);
        assertTrue(deadline.expired());
    }

    @Test
    void slowerThanTheSlowestEndsWhenTheAllowanceIsUsedUp() {
        Pace pace = pace();
        int seconds = 0;
        while (!deadline.expired()) {
            time.advance(Duration.ofSeconds(1));
            pace.moved(BYTES_PER_SECOND / 2);
            seconds++;
        }
        assertTrue(Math.abs(seconds - 2 * ALLOWANCE.toSeconds()) <= 2, "after " + seconds + " s");
    }

    @Test
    void fastBytesLeaveTimeForTheReader() {
        Pace pace = pace();
        assertEquals(Duration.ZERO, pace.left());
        pace.moved(50 * BYTES_PER_SECOND);
        time.advance(Duration.ofSeconds(20));
        assertEquals(Duration.ofSeconds(30), pace.left());
        time.advance(Duration.ofSeconds(60));
        assertEquals(Duration.ZERO, pace.left());
    }
}
