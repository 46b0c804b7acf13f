package org.confmail.server.dht.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message of which fragments are missing. The fragments are kept as they came, so that nothing is copied twice. */
final class Incomplete {
    /** What this and its place in the pool cost, without fragments. */
    private static final int BYTES = 256;
    /** A fragment's place, and the head of its array. */
    private static final int BYTES_A_FRAGMENT = 32;

    private final List<byte @Nullable []> fragments;
    private final long born;
    private long lastNanos;
    private int missing;
    private long heldBytes;

    Incomplete(int count, long nanos) {
        fragments = new ArrayList<>(Collections.nCopies(count, null));
        missing = count;
        born = nanos;
        lastNanos = nanos;
        heldBytes = BYTES + (long) count * BYTES_A_FRAGMENT;
    }

    int count() {
        return fragments.size();
    }

    int missing() {
        return missing;
    }

    /** What this takes of the memory, nearly. */
    long heldBytes() {
        return heldBytes;
    }

    boolean has(int number) {
        return fragments.get(number) != null;
    }

    /** How long ago the first fragment came, in nanoseconds. */
    long age(long now) {
        return now - born;
    }

    /** How long ago the last new fragment came, in nanoseconds. */
    long silence(long now) {
        return now - lastNanos;
    }

    /** Puts a fragment in its empty place. */
    void put(int number, byte[] fragment, long now) {
        fragments.set(number, fragment);
        missing--;
        lastNanos = now;
        heldBytes += fragment.length;
    }

    /** The message, when nothing is missing. */
    byte[] whole() {
        int size = 0;
        for (byte @Nullable [] fragment : fragments) {
            size += present(fragment).length - Fragments.HEADER_BYTES;
        }
        byte[] message = new byte[size];
        int at = 0;
        for (byte @Nullable [] fragment : fragments) {
            int length = present(fragment).length - Fragments.HEADER_BYTES;
            System.arraycopy(present(fragment), Fragments.HEADER_BYTES, message, at, length);
            at += length;
        }
        return message;
    }

    private static byte[] present(byte @Nullable [] fragment) {
        if (fragment == null) {
            throw new IllegalStateException("a fragment is missing");
        }
        return fragment;
    }
}
