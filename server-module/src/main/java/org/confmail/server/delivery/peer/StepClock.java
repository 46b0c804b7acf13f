package org.confmail.server.delivery.peer;

import java.time.Duration;
import org.confmail.server.time.Ticker;

/** Times the steps of one opening. Belongs to its thread. */
final class StepClock {
    private final Steps steps;
    private final Ticker ticker;
    private long began;

    StepClock(Steps steps, Ticker ticker) {
        this.steps = steps;
        this.ticker = ticker;
    }

    void begin(Steps.Step step) {
        began = ticker.nanos();
        steps.began(step);
    }

    void done(Steps.Step step, String detail) {
        steps.done(step, Duration.ofNanos(ticker.nanos() - began), detail);
    }
}
