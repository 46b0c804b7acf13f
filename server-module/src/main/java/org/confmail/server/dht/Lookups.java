package org.confmail.server.dht;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;
import org.confmail.server.dht.wire.Query;

/**
 * The lookups of a node: all that run do so side by side, and none waits for another. Belongs to the loop.
 */
final class Lookups {
    /** With the stores that may follow it, within the 10 s in which a client gets its answer. */
    private static final Duration LONGEST_FOR_NODES = Duration.ofSeconds(6);
    /** Nothing but the answer follows. */
    private static final Duration LONGEST_FOR_VALUE = Duration.ofSeconds(8);
    /** Each may hold a few hundred candidates in memory; clients have a few dozen connections. */
    private static final int RUNNING_MAX = 512;

    private static final Duration MEASURE_PAUSE = Duration.ofSeconds(10);
    /** For the operator to look at. */
    private static final int REMEMBERED = 20;

    private final RoutingTable table;
    private final Rpc rpc;
    private final EventLoop loop;
    private final RandomGenerator random;
    private final DhtCounters counters;
    private final NetworkSize size = new NetworkSize();
    private final Set<Lookup> running = new LinkedHashSet<>();
    private final Deque<PastLookup> past = new ArrayDeque<>();
    private long measuredNanos;

    Lookups(RoutingTable table, Rpc rpc, EventLoop loop, RandomGenerator random, DhtCounters counters) {
        this.table = table;
        this.rpc = rpc;
        this.loop = loop;
        this.random = random;
        this.measuredNanos = loop.nanos();
        this.counters = counters;
    }

    Key own() {
        return table.own();
    }

    Rpc rpc() {
        return rpc;
    }

    EventLoop loop() {
        return loop;
    }

    NetworkSize size() {
        return size;
    }

    /** A lookup has met a crowd, or the network has grown: so it is measured again. */
    void crowded() {
        counters.lookupsCrowded().increment();
        if (loop.nanos() - measuredNanos > MEASURE_PAUSE.toNanos()) {
            byte[] key = new byte[Key.BYTES];
            random.nextBytes(key);
            measure(Key.of(key), () -> {});
        }
    }

    /** Looks up a random key, and tells from it how many nodes there are. */
    void measure(Key drawn, Runnable measured) {
        measuredNanos = loop.nanos();
        start(drawn, new Query.FindNode(drawn), false, false, closest -> {
            if (!closest.isEmpty()) {
                size.measured(drawn, closest);
            }
            measured.run();
        });
    }

    /** The lookups that run, and those that ended last. */
    List<PastLookup> snapshot() {
        return Stream.concat(running.stream().map(PastLookup::of), past.stream())
                .toList();
    }

    /** Finds the closest nodes to {@code target}, and those outside of a crowd around it. */
    void nodes(Key target, Consumer<List<Contact>> found) {
        start(target, new Query.FindNode(target), false, true, found::accept);
    }

    /**
     * Starts a lookup from what the table knows.
     *
     * @param ended is told the nodes that have answered, closest first; none where too many lookups are running
     */
    Lookup start(Key target, Query query, boolean patient, boolean looksOutside, Lookup.Listener ended) {
        return start(target, query, patient, looksOutside, table.seeds(target, 2 * Bucket.K), ended);
    }

    /** The same from other nodes on. */
    Lookup start(
            Key target,
            Query query,
            boolean patient,
            boolean looksOutside,
            List<Contact> seeds,
            Lookup.Listener listener) {
        Lookup lookup = new Lookup(target, query, patient, looksOutside, this, listener);
        if (running.size() >= RUNNING_MAX) {
            counters.lookupsRefused().increment();
            loop.post(lookup::end);
            return lookup;
        }
        counters.lookups().increment();
        running.add(lookup);
        table.lookedUp(target);
        // Never before this method has returned, as the listener may need what it returns.
        Duration longest = query instanceof Query.FindValue ? LONGEST_FOR_VALUE : LONGEST_FOR_NODES;
        loop.post(() -> lookup.start(seeds, longest));
        return lookup;
    }

    /** A lookup has ended, with these nodes. */
    void ended(Lookup lookup, List<Contact> closest) {
        if (!running.remove(lookup)) {
            return;
        }
        past.addFirst(PastLookup.of(lookup));
        if (past.size() > REMEMBERED) {
            past.removeLast();
        }
    }
}
