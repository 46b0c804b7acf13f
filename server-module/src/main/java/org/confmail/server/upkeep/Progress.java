package org.confmail.server.upkeep;

import org.confmail.server.store.StoreKind;

/**
 * How far a walk over a store has come.
 *
 * @param leaf the last one that was walked over, of {@link #LEAVES}
 * @param seen files so far
 * @param deleted files so far
 * @param trimmed files so far
 */
public record Progress(StoreKind store, int leaf, long seen, long deleted, long trimmed) {
    /** How many leaves a store can have. */
    public static final int LEAVES = 1 << 16;

    /** From 0 to 100; keys are spread evenly over the leaves. */
    public int percent() {
        return (int) (100L * leaf / LEAVES);
    }
}
