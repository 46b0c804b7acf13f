package org.confmail.server.dht;

import java.util.Arrays;
import java.util.List;
import org.confmail.server.block.Key;
import org.confmail.server.dht.wire.Contact;

/**
 * An estimate of how many nodes there are, from how close the closest nodes to the keys were that were looked up: ids are
 * random, so k nodes within a distance d mean k / d nodes in all. The median of several lookups, so that a crowd that
 * gathers around one key does not move it. Belongs to the loop.
 */
final class NetworkSize {
    private static final int LOOKUPS = 16;

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

    /** The binary logarithm of the number of nodes; 0 when nothing is known. */
    double log2() {
        int known = Math.min(count, LOOKUPS);
        if (known == 0) {
            return 0;
        }
        double[] sorted = Arrays.copyOf(log2, known);
        Arrays.sort(sorted);
        return sorted[known / 2];
    }
}
