package org.confmail.server.upkeep;

import java.util.Arrays;
import org.confmail.server.block.Key;

/**
 * The data blocks of a store, each with its size and with the users to whom it is announced, in little memory: a slot has 32
 * bytes, and between half and four fifths of the slots are in use, so that a block takes 40 to 64 bytes, and 8 to 16 more for each
 * user. While the table grows, the old one is there as well. Keys are mixed with a secret, because who posts announcements may
 * choose them. Belongs to one thread.
 */
final class DataBlocks {
    private static final int SLOTS_FIRST = 1 << 10;
    private static final int NONE = -1;
    private static final int FREE = -2;
    private static final long NOT_STORED = -1;

    private final long factor;

    private int count;
    private long[] high = new long[SLOTS_FIRST];
    private long[] middle = new long[SLOTS_FIRST];
    private int[] low = new int[SLOTS_FIRST];
    private long[] bytes = new long[SLOTS_FIRST];
    /** The first link of a slot, or {@link #NONE}; {@link #FREE} where the slot is not in use. */
    private int[] first = filled(new int[SLOTS_FIRST], FREE);

    private int links;
    private int[] user = new int[SLOTS_FIRST];
    private int[] next = new int[SLOTS_FIRST];

    DataBlocks(long secret) {
        this.factor = secret | 1;
    }

    private static int[] filled(int[] array, int value) {
        Arrays.fill(array, value);
        return array;
    }

    /** Takes note of a block that is stored, with so many bytes on the disk. */
    void stored(Key key, long size) {
        int slot = slot(key); // first: the table may grow
        bytes[slot] = size;
    }

    /** Takes note that the block of {@code key} is announced to the user of that number. */
    void announced(Key key, int userNumber) {
        int slot = slot(key);
        if (first[slot] != NONE && user[first[slot]] == userNumber) {
            return; // the same message in another mailbox, most often
        }
        if (links == user.length) {
            user = Arrays.copyOf(user, grown(links));
            next = Arrays.copyOf(next, grown(links));
        }
        user[links] = userNumber;
        next[links] = first[slot];
        first[slot] = links++;
    }

    /** Shows each block that is stored to {@code taker}, in no order. */
    void forEach(Taker taker) {
        for (int slot = 0; slot < first.length; slot++) {
            if (first[slot] != FREE && bytes[slot] != NOT_STORED) {
                taker.take(bytes[slot], users(slot));
            }
        }
    }

    private int[] users(int slot) {
        int length = 0;
        for (int link = first[slot]; link != NONE; link = next[link]) {
            length++;
        }
        int[] users = new int[length];
        for (int link = first[slot]; link != NONE; link = next[link]) {
            users[--length] = user[link];
        }
        Arrays.sort(users);
        int distinct = 0;
        for (int i = 0; i < users.length; i++) {
            if (i == 0 || users[i] != users[distinct - 1]) {
                users[distinct++] = users[i];
            }
        }
        return Arrays.copyOf(users, distinct);
    }

    private int slot(Key key) {
        byte[] digits = key.bytes();
        return slot(number(digits, 0, 8), number(digits, 8, 8), (int) number(digits, 16, 4));
    }

    private static long number(byte[] digits, int from, int count) {
        long number = 0;
        for (int i = from; i < from + count; i++) {
            number = number << 8 | (digits[i] & 0xff);
        }
        return number;
    }

    private int slot(long h, long m, int l) {
        int slot = find(h, m, l);
        if (first[slot] != FREE) {
            return slot;
        }
        if (5L * (count + 1) > 4L * first.length) {
            grow();
            slot = find(h, m, l);
        }
        count++;
        high[slot] = h;
        middle[slot] = m;
        low[slot] = l;
        bytes[slot] = NOT_STORED;
        first[slot] = NONE;
        return slot;
    }

    private int find(long h, long m, int l) {
        long mixed = ((h * factor ^ (h >>> 32)) + m) * factor;
        mixed = ((mixed ^ (mixed >>> 29)) + l) * factor;
        int slot = (int) (((mixed >>> 32) * first.length) >>> 32);
        while (first[slot] != FREE && (high[slot] != h || middle[slot] != m || low[slot] != l)) {
            slot = slot + 1 == first.length ? 0 : slot + 1;
        }
        return slot;
    }

    private void grow() {
        int before = first.length;
        long[] highs = high;
        long[] middles = middle;
        int[] lows = low;
        long[] sizes = bytes;
        int[] firsts = first;
        int slots = grown(before);
        high = new long[slots];
        middle = new long[slots];
        low = new int[slots];
        bytes = new long[slots];
        first = filled(new int[slots], FREE);
        for (int i = 0; i < before; i++) {
            if (firsts[i] != FREE) {
                int slot = find(highs[i], middles[i], lows[i]);
                high[slot] = highs[i];
                middle[slot] = middles[i];
                low[slot] = lows[i];
                bytes[slot] = sizes[i];
                first[slot] = firsts[i];
            }
        }
    }

    /** Half as many again. */
    private static int grown(int length) {
        return Math.addExact(length, length / 2);
    }

    /** Who gets the blocks. */
    interface Taker {
        /** @param users numbers of those to whom the block is announced, each once, in ascending order */
        void take(long bytes, int[] users);
    }
}
