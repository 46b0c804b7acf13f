package org.confmail.server.time;

/** A monotonic clock for durations, like {@link System#nanoTime}. */
@FunctionalInterface
public interface Ticker {
    Ticker SYSTEM = System::nanoTime;

    /** Nanoseconds since an arbitrary origin; never runs backwards. */
    long nanos();
}
