package org.confmail.server.dht;

import java.time.Duration;
import org.confmail.server.time.Scheduler.Scheduled;
import org.confmail.server.time.Ticker;

/**
 * Runs a node: one task after the other, so that its state needs no locks. A thread in a server, the event queue of all nodes
 * in a simulation. Tasks never block.
 */
public interface EventLoop extends Ticker {

    /** Runs {@code task} soon. May be called from any thread. */
    void post(Runnable task);

    /** Runs {@code task} after {@code delay}. Is called from tasks of this loop only. */
    Scheduled after(Duration delay, Runnable task);
}
