package org.confmail.console.remote;

import java.time.Duration;
import java.time.Instant;

/** Time as the models of views see it, in the thread of the window. */
public interface Clockwork {

    /** The present moment. */
    Instant now();

    /** Runs {@code action} after each {@code period}, until that is stopped. */
    Repeating every(Duration period, Runnable action);

    /** What goes on until it is stopped. */
    interface Repeating {
        /** The action does not run after this returns. */
        void stop();
    }
}
