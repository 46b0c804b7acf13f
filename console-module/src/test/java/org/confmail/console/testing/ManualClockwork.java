package org.confmail.console.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.confmail.console.remote.Clockwork;

/** Time that passes when a test says so. */
public final class ManualClockwork implements Clockwork {
    private final List<Beat> beats = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Repeating every(Duration period, Runnable action) {
        Beat beat = new Beat(period, action, now.plus(period));
        beats.add(beat);
        return () -> beats.remove(beat);
    }

    /** How many actions repeat. */
    public int repeating() {
        return beats.size();
    }

    /** Lets time pass, and what is due happen in its order. */
    public void pass(Duration time) {
        Instant end = now.plus(time);
        for (Optional<Beat> due = due(end); due.isPresent(); due = due(end)) {
            Beat beat = due.get();
            now = beat.next;
            beat.next = beat.next.plus(beat.period);
            beat.action.run();
        }
        now = end;
    }

    private Optional<Beat> due(Instant end) {
        return beats.stream()
                .filter(beat -> !beat.next.isAfter(end))
                .min(Comparator.comparing(beat -> beat.next));
    }

    private static final class Beat {
        private final Duration period;
        private final Runnable action;
        private Instant next;

        Beat(Duration period, Runnable action, Instant next) {
            this.period = period;
            this.action = action;
            this.next = next;
        }
    }
}
