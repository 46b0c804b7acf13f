package org.confmail.server.session;

import org.confmail.server.metrics.Metrics;
import org.confmail.server.metrics.Metrics.Counter;

/** What the sessions count together. */
public record SessionCounters(
        Counter connections,
        Counter refusedBusy,
        Counter commands,
        Counter stored,
        Counter dropped,
        Counter storeFailures) {

    /** The counters, registered under their names. */
    public static SessionCounters in(Metrics metrics) {
        return new SessionCounters(
                metrics.counter("connections_total", "Connections accepted."),
                metrics.counter("connections_busy_total", "Connections refused because max_connections were open."),
                metrics.counter("commands_total", "Commands received from clients."),
                metrics.counter("blocks_stored_total", "Blocks that changed the local store."),
                metrics.counter("blocks_dropped_total", "Blocks that were invalid and dropped."),
                metrics.counter("store_failures_total", "Valid blocks that could not be saved."));
    }
}
