package org.confmail.server.dht;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.confmail.server.block.Key;

/**
 * Keeps the buckets filled by looking up keys of theirs: the own id, and a random key of each bucket in which nobody has
 * looked for an hour. One after the other: there is no hurry. Belongs to the loop.
 */
final class Refresh {
    /** PROTOCOL section 10. */
    private static final Duration STALE = Duration.ofHours(1);

    private final RoutingTable table;
    private final Lookups lookups;
    private final RandomGenerator random;
    private final Deque<Key> waiting = new ArrayDeque<>();
    private boolean running;

    Refresh(RoutingTable table, Lookups lookups, RandomGenerator random) {
        this.table = table;
        this.lookups = lookups;
        this.random = random;
    }

    /** Looks up the own id, then a key of each bucket that this has made. */
    void all() {
        lookups.nodes(table.own(), closest -> buckets(Duration.ZERO));
    }

    /** Looks into the buckets in which nobody has looked for an hour. */
    void stale() {
        buckets(STALE);
    }

    private void buckets(Duration age) {
        long now = lookups.loop().nanos();
        List<Bucket> buckets = table.buckets();
        waiting.clear();
        for (int i = 0; i < buckets.size(); i++) {
            if (now - buckets.get(i).lookedUpNanos() >= age.toNanos()) {
                waiting.add(Distance.randomSharing(table.own(), i, random));
            }
        }
        if (!running) {
            running = true;
            next();
        }
    }

    private void next() {
        Key target = waiting.poll();
        if (target == null || table.size() == 0) {
            running = false;
            return;
        }
        lookups.measure(target, this::next);
    }
}
