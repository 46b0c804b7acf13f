package org.confmail.server.store;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** A set of numbers from 0 up to a bound, one bit each. Safe for use by many threads, without a lock. */
final class NumberSet {
    private final AtomicIntegerArray words;

    /** An empty set for numbers below {@code bound}. */
    NumberSet(int bound) {
        words = new AtomicIntegerArray((bound + Integer.SIZE - 1) / Integer.SIZE);
    }

    boolean contains(int number) {
        return (words.get(number / Integer.SIZE) & bit(number)) != 0;
    }

    void add(int number) {
        words.accumulateAndGet(number / Integer.SIZE, bit(number), (word, bit) -> word | bit);
    }

    void remove(int number) {
        words.accumulateAndGet(number / Integer.SIZE, bit(number), (word, bit) -> word & ~bit);
    }

    private static int bit(int number) {
        return 1 << number % Integer.SIZE;
    }
}
