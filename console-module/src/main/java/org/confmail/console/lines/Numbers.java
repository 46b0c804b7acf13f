package org.confmail.console.lines;

/** Numbers of lines in ascending order, to which others are added at both ends: eight bytes each. */
final class Numbers {
    private static final int SIZE_MIN = 64;

    private long[] ring = new long[SIZE_MIN];
    private int head;
    private int size;

    int size() {
        return size;
    }

    long get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("no " + index + " of " + size);
        }
        return ring[(head + index) % ring.length];
    }

    void addLast(long[] numbers) {
        reserve(numbers.length);
        for (long number : numbers) {
            ring[(head + size++) % ring.length] = number;
        }
    }

    void addFirst(long[] numbers) {
        reserve(numbers.length);
        for (int i = numbers.length - 1; i >= 0; i--) {
            head = (head + ring.length - 1) % ring.length;
            ring[head] = numbers[i];
            size++;
        }
    }

    /** Keeps those from one number on and before another. */
    void keep(long from, long to) {
        int below = indexOf(from);
        head = (head + below) % ring.length;
        size -= below;
        size = indexOf(to);
    }

    void clear() {
        ring = new long[SIZE_MIN];
        head = 0;
        size = 0;
    }

    /** The place of the first one that is at least {@code number}; the size when there is none. */
    int indexOf(long number) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle) < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Those in a range of places. */
    long[] copy(int from, int to) {
        long[] copy = new long[to - from];
        for (int i = from; i < to; i++) {
            copy[i - from] = get(i);
        }
        return copy;
    }

    private void reserve(int more) {
        if (size + more > ring.length) {
            long[] larger = new long[Math.max(size + more, ring.length * 2)];
            System.arraycopy(copy(0, size), 0, larger, 0, size);
            ring = larger;
            head = 0;
        }
    }
}
