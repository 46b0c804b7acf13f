package org.confmail.server.delivery;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.confmail.server.config.Settings;
import org.confmail.server.metrics.Metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Discards what could not be delivered to other servers within expire_days. What is for the partner never expires. */
record Expiry(QueueFiles files, InstantSource clock, Supplier<Settings.Delivery> settings, Counter expired) {
    private static final Logger LOG = LoggerFactory.getLogger("send queue");

    /** Whether the entry's time is over; it is gone then, with those of its file for other targets. */
    boolean discarded(Entry entry) {
        ProxyFile proxy = entry.proxy();
        Duration limit = settings.get().expiry();
        if (proxy == null || !proxy.expired(clock.instant(), limit)) {
            return false;
        }
        try {
            files.discard(entry);
            expired.increment();
            LOG.warn(
                    "entry {}, queued {}, was discarded: it could not be delivered to {} within {} days (expire_days)",
                    entry.name(),
                    entry.queued(),
                    entry.target().id(),
                    limit.toDays());
            return true;
        } catch (IOException e) {
            LOG.error("entry {} has expired and cannot be deleted: {}", entry.name(), e.toString());
            return false;
        }
    }

    /** Looks at all entries, those of unreachable targets too. */
    void sweep() {
        files.proxied().forEach(this::discarded);
    }
}
