package org.confmail.console.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import org.confmail.console.remote.Clockwork;

/** Time in the thread of the toolkit. */
public final class FxClockwork implements Clockwork {
    private final InstantSource clock;

    public FxClockwork(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Repeating every(Duration period, Runnable action) {
        Timeline timeline =
                new Timeline(new KeyFrame(javafx.util.Duration.millis((double) period.toMillis()), _ -> action.run()));
        timeline.setCycleCount(Animation.INDEFINITE);
        timeline.play();
        return timeline::stop;
    }
}
