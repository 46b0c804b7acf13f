package org.confmail.server.dht;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;

/**
 * An estimate of how many nodes there are, from how close the closest nodes to random keys are: ids are random, so k nodes
 * within a distance d mean k / d nodes in all. The median of several such lookups. Only keys that this node has drawn itself
 * count, around which nobody can have gathered. Belongs to the loop.
 */
final class NetworkSize {
    private static final int LOOKUPS = 8;

    private final double[] log2 = new double[LOOKUPS];
    private int count;

    /** These are the closest nodes to {@code target}, closest first. */
    void measured(Key target, List<Contact> closest) {
        if (closest.size() < Bucket.K) {
            add(Math.log(Math.max(1, closest.size())) / Math.log(2));
        } else {
            double distance = Distance.log2(target, closest.getLast().id());
            add(Math.log(closest.size()) / Math.log(2) + Distance.BITS - distance);
        }
    }

    private void add(double estimate) {
        log2[count % LOOKUPS] = estimate;
        count++;
    }

    /** The binary logarithm of the number of nodes; empty when nothing is known. */
    OptionalDouble log2() {
        int known = Math.min(count, LOOKUPS);
        if (known == 0) {
            return OptionalDouble.empty();
        }
        double[] sorted = Arrays.copyOf(log2, known);
        Arrays.sort(sorted);
        return OptionalDouble.of(sorted[known / 2]);
    }
}
