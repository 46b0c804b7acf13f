package org.confmail.server.delivery;

import org.confmail.server.metrics.Metrics;
import org.confmail.server.metrics.Metrics.Counter;

/**
 * What delivery counts.
 *
 * @param delivered entries that another server took
 * @param refused answers other than DONE
 * @param failedSessions sessions that could not be opened, or were cut
 * @param expired files that were discarded after expire_days
 */
record DeliveryCounters(Counter delivered, Counter refused, Counter sessions, Counter failedSessions, Counter expired) {

    static DeliveryCounters in(Metrics metrics, Backlog backlog) {
        metrics.gauge("send_queue_entries", "Deliveries that wait, one for each block and target.", backlog::entries);
        metrics.gauge("send_queue_bytes", "Bytes of the deliveries that wait.", backlog::bytes);
        metrics.gauge(
                "send_queue_oldest_age_seconds",
                "How long ago the delivery that waits longest was queued; 0 where none waits.",
                () -> backlog.oldestAge().toSeconds());
        metrics.gauge("send_targets_failing", "Targets whose last session failed.", backlog::failingTargets);
        return new DeliveryCounters(
                metrics.counter("deliveries_total", "Blocks and account changes that another server took."),
                metrics.counter("deliveries_refused_total", "Answers of other servers that were not DONE."),
                metrics.counter("delivery_sessions_total", "Sessions opened with other servers."),
                metrics.counter("delivery_sessions_failed_total", "Sessions that could not be opened, or were cut."),
                metrics.counter("deliveries_expired_total", "Blocks discarded after expire_days."));
    }
}
