package org.confmail.server.dht;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.confmail.server.block.Key;

/**
 * A node at one moment, for people to look at.
 *
 * @param nodesEstimated how many nodes there are in all, roughly
 * @param held how many blocks this node held when it last counted them
 * @param lookups those that run, and those that ended last
 */
public record NodeSnapshot(
        Key id, long nodesEstimated, long held, List<BucketSnapshot> buckets, List<PastLookup> lookups) {

    /**
     * One bucket.
     *
     * @param sharedBits how many leading bits its contacts share with the own id; in the last bucket, at least so many
     * @param waiting how many contacts wait for a place in it
     */
    public record BucketSnapshot(int sharedBits, List<ContactSnapshot> contacts, int waiting) {}

    /**
     * One contact.
     *
     * @param failures how often it did not answer, in a row
     * @param answered how long ago it last answered
     */
    public record ContactSnapshot(Key id, InetSocketAddress address, int failures, Duration answered) {}

    /** How many contacts have a place in the table. */
    public int contacts() {
        return buckets.stream().mapToInt(bucket -> bucket.contacts().size()).sum();
    }
}
