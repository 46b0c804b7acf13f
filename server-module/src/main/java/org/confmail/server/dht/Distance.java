package org.confmail.server.dht;

import java.util.Comparator;
import java.util.random.RandomGenerator;
import org.confmail.server.block.Key;

/** Kademlia's metric: the distance of two keys is their exclusive or, read as a number. */
final class Distance {
    static final int BITS = Key.BYTES * Byte.SIZE;

    private Distance() {}

    /** How many leading bits the keys share, 0 to {@value #BITS}. */
    static int sharedBits(Key one, Key other) {
        for (int i = 0; i < Key.BYTES; i++) {
            int difference = one.at(i) ^ other.at(i);
            if (difference != 0) {
                return i * Byte.SIZE + Integer.numberOfLeadingZeros(difference) - (Integer.SIZE - Byte.SIZE);
            }
        }
        return BITS;
    }

    /** Closest to {@code target} first. */
    static Comparator<Key> to(Key target) {
        return (one, other) -> compare(target, one, other);
    }

    /** Whether {@code one} is closer to {@code target} than {@code other} is. */
    static boolean isCloser(Key target, Key one, Key other) {
        return compare(target, one, other) < 0;
    }

    private static int compare(Key target, Key one, Key other) {
        for (int i = 0; i < Key.BYTES; i++) {
            int a = one.at(i);
            int b = other.at(i);
            if (a != b) {
                return Integer.compare(a ^ target.at(i), b ^ target.at(i));
            }
        }
        return 0;
    }

    /** The distance's binary logarithm: {@value #BITS} for the far end of the key space, less by one where it halves. */
    static double log2(Key one, Key other) {
        int shared = sharedBits(one, other);
        if (shared == BITS) {
            return 0;
        }
        // The first differing bit and those behind it, as far as a double tells them apart.
        double mantissa = 0;
        for (int i = 0; i < Integer.SIZE && shared + i < BITS; i++) {
            mantissa += bit(one, shared + i) == bit(other, shared + i) ? 0 : Math.scalb(1.0, -i - 1);
        }
        return BITS - shared + Math.log(mantissa) / Math.log(2);
    }

    /** The same key with bit {@code index} turned over; bit 0 is the first. */
    static Key flip(Key key, int index) {
        byte[] bytes = key.bytes();
        bytes[index / Byte.SIZE] ^= (byte) (0x80 >> index % Byte.SIZE);
        return Key.of(bytes);
    }

    /** A random key that shares exactly {@code shared} leading bits with {@code key}, or all bits where they are that many. */
    static Key randomSharing(Key key, int shared, RandomGenerator random) {
        byte[] bytes = new byte[Key.BYTES];
        random.nextBytes(bytes);
        for (int i = 0; i < shared; i++) {
            set(bytes, i, bit(key, i));
        }
        if (shared < BITS) {
            set(bytes, shared, 1 - bit(key, shared));
        }
        return Key.of(bytes);
    }

    private static int bit(Key key, int index) {
        return key.at(index / Byte.SIZE) >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1;
    }

    private static void set(byte[] bytes, int index, int bit) {
        int mask = 0x80 >> index % Byte.SIZE;
        int at = index / Byte.SIZE;
        bytes[at] = (byte) (bit == 0 ? bytes[at] & ~mask : bytes[at] | mask);
    }
}
