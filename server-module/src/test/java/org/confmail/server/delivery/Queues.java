package org.confmail.server.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.confmail.server.config.Settings;
import org.confmail.server.disk.Disk;
import org.confmail.shared.config.HostPort;
import org.confmail.shared.config.RetrySchedule;
import org.confmail.shared.config.Secret;

/** Send queues as tests need them. */
final class Queues {
    static final HostPort PARTNER = new HostPort("partner.example", 8081);
    static final Settings.Replication REPLICATION = replication(PARTNER);
    static final Settings.Delivery SETTINGS = new Settings.Delivery(
            Optional.of(REPLICATION), Duration.ofDays(7), Duration.ofMinutes(2), schedule(0, 120, 300));

    private Queues() {}

    static Settings.Replication replication(HostPort partner) {
        return new Settings.Replication(partner, Optional.of(new Secret("REPLKEY1")), Optional.empty());
    }

    static RetrySchedule schedule(int... seconds) {
        return new RetrySchedule(
                java.util.Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList());
    }

    /** The directories as they lie in a home. */
    static QueuePlaces places(Path queue) {
        return new QueuePlaces(
                queue, queue.resolveSibling("damaged"), queue.resolveSibling("undo"), queue.resolveSibling("held.txt"));
    }

    static SendQueue open(Path directory, Disk disk, InstantSource clock) throws IOException {
        return SendQueue.open(places(directory), disk, clock, () -> SETTINGS);
    }
}
