package org.confmail.server.admin;

import java.time.Instant;
import java.util.function.Supplier;
import org.confmail.server.config.Settings;
import org.confmail.server.log.ServerLog;
import org.confmail.server.metrics.Metrics;

/** What is measured of the server as a whole. */
public final class ServerGauges {
    private ServerGauges() {}

    /** Registers the values under their names. */
    public static void register(
            Metrics metrics,
            Instant started,
            ServerLog log,
            OwnCertificate certificate,
            Supplier<Settings.Sessions> sessions) {
        metrics.gauge("start_timestamp_seconds", "When the server started, since 1970.", started::getEpochSecond);
        metrics.gauge(
                "connections_max", "max_connections.", () -> sessions.get().maxConnections());
        metrics.gauge(
                "certificate_expiry_timestamp_seconds",
                "When the own certificate expires, since 1970.",
                () -> certificate.identity().facts().validUntil().getEpochSecond());
        metrics.counter("log_errors_total", "Lines of level ERROR in the log.", log::errorLines);
        metrics.counter("log_lines_lost_total", "Log lines that could not be written.", log::lostLines);
        Runtime runtime = Runtime.getRuntime();
        metrics.gauge(
                "heap_used_bytes",
                "Memory in use by the server's objects, some of them no longer needed.",
                () -> runtime.totalMemory() - runtime.freeMemory());
        metrics.gauge("heap_max_bytes", "How much that may become.", runtime::maxMemory);
    }
}
