package org.confmail.server.dht;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Tells whether more nodes have answered around a key than there can be by chance. Of 2^n nodes with random ids, half share
 * no bit with the key, a quarter exactly one, and n or more bits about one node in all; so eight that share n bits did not
 * come there by chance.
 */
final class Crowd {
    /** So many more than twice the expected number are still taken for chance; in one of a few hundred lookups it is more. */
    private static final int CHANCE = 3;
    /** The same for all that are as close as this or closer; by chance it is more in one of fifty, which costs some messages. */
    private static final int CHANCE_CLOSEST = 1;
    /** That is looked at where one node is expected, where two are, and where four are: more a lookup need not see. */
    private static final int CLOSEST_PARTS = 3;

    /** A crowd thins out where more nodes are expected, and is not told from them there; so it is taken to reach further. */
    private static final int MARGIN = 1;

    private Crowd() {}

    /** From how many shared bits on there is about one node in all. */
    static OptionalInt tooClose(OptionalDouble size) {
        return size.isPresent() ? OptionalInt.of((int) Math.ceil(size.getAsDouble())) : OptionalInt.empty();
    }

    /**
     * From how many shared bits on there is a crowd, if there is one: the lowest number of an unbroken row that ends at the
     * key itself.
     *
     * @param size the binary logarithm of the number of nodes, where it is known
     */
    static OptionalInt around(Shortlist shortlist, OptionalDouble size) {
        if (size.isEmpty()) {
            return OptionalInt.empty();
        }
        double log2Size = size.getAsDouble();
        int bits = tooClose(size).getAsInt();
        OptionalInt from = closest(shortlist, log2Size, bits);
        for (int exactly = bits - 1; exactly >= 1; exactly--) {
            double expected = Math.scalb(1.0, -exactly - 1) * Math.pow(2, log2Size);
            if (shortlist.answeredSharing(exactly, exactly) > 2 * expected + CHANCE) {
                from = OptionalInt.of(exactly);
            }
        }
        return from.isPresent() ? OptionalInt.of(Math.max(0, from.getAsInt() - MARGIN)) : from;
    }

    /** The highest number of bits that too many share, or more. */
    private static OptionalInt closest(Shortlist shortlist, double log2Size, int tooClose) {
        for (int bits = tooClose; bits > Math.max(0, tooClose - CLOSEST_PARTS); bits--) {
            double expected = Math.pow(2, log2Size - bits);
            if (shortlist.answeredSharing(bits, Distance.BITS) > 2 * expected + CHANCE_CLOSEST) {
                return OptionalInt.of(bits);
            }
        }
        return OptionalInt.empty();
    }
}
