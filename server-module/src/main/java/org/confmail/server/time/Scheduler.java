package org.confmail.server.time;

import java.time.Duration;

/**
 * Runs short tasks later. Tasks must not block: they share one thread. A task that throws is logged and, if periodic, goes
 * on at its next turn.
 */
public interface Scheduler extends AutoCloseable {

    /** Runs {@code task} once after {@code delay}. */
    Scheduled after(Duration delay, Runnable task);

    /** Runs {@code task} every {@code period}, measured from the end of one run to the start of the next. */
    Scheduled every(Duration period, Runnable task);

    /** Stops all tasks; a running one ends on its own. */
    @Override
    void close();

    /** A task that waits for its time. */
    interface Scheduled {
        /** Forgets the task; does nothing when it has already run. */
        void cancel();
    }
}
