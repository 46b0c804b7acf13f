package org.confmail.server.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.confmail.server.time.Ticker;

/**
 * The proof that the sender lives: its own thread beats each time it has gone through all that was due, and stands still when
 * that thread has ended, hangs on a lock or a disk, or is not woken any more.
 */
final class Pulse {
    private final Ticker ticker;
    private final AtomicLong last;

    Pulse(Ticker ticker) {
        this.ticker = ticker;
        this.last = new AtomicLong(ticker.nanos());
    }

    void beat() {
        last.set(ticker.nanos());
    }

    /** The time since the last beat, or since the start. */
    Duration silence() {
        return Duration.ofNanos(ticker.nanos() - last.get());
    }
}
