package org.confmail.server.session;

import java.util.EnumMap;
import java.util.Map;
import org.confmail.server.metrics.Metrics;
import org.confmail.server.metrics.Metrics.Counter;

/**
 * What the sessions count together.
 *
 * @param received bytes from clients, inside TLS
 * @param sent bytes to clients, inside TLS
 */
public record SessionCounters(
        Counter connections,
        Counter refusedBusy,
        Counter commands,
        Map<SessionState.Kind, Counter> byKind,
        Counter received,
        Counter sent,
        Counter stored,
        Counter dropped,
        Counter storeFailures,
        Counter refusedFull) {

    public SessionCounters {
        byKind = Map.copyOf(byKind);
    }

    /** The counters, registered under their names. */
    public static SessionCounters in(Metrics metrics) {
        return new SessionCounters(
                metrics.counter("connections_total", "Connections accepted."),
                metrics.counter("connections_busy_total", "Connections refused because max_connections were open."),
                metrics.counter("commands_total", "Commands received from clients."),
                byKind(metrics),
                metrics.counter("received_bytes_total", "Bytes received from clients, inside TLS."),
                metrics.counter("sent_bytes_total", "Bytes sent to clients, inside TLS."),
                metrics.counter("blocks_stored_total", "Blocks that changed the local store."),
                metrics.counter("blocks_dropped_total", "Blocks that were invalid and dropped."),
                metrics.counter("store_failures_total", "Valid blocks that could not be saved."),
                metrics.counter("blocks_refused_total", "Blocks refused because disk_reserve is reached."));
    }

    private static Map<SessionState.Kind, Counter> byKind(Metrics metrics) {
        Map<SessionState.Kind, Counter> counters = new EnumMap<>(SessionState.Kind.class);
        for (SessionState.Kind kind : SessionState.Kind.values()) {
            counters.put(
                    kind,
                    metrics.counter(
                            "commands_by_kind_total",
                            new Metrics.Label("command", kind.command()),
                            "Commands received from clients, of the kinds that store and fetch."));
        }
        return counters;
    }
}
