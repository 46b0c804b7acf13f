package org.confmail.server.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.confmail.server.follow.Followers;
import org.confmail.server.follow.Followers.Following;

/**
 * The newest lines of something, numbered from 0, for those who look back and those who follow. Followers share these lines and
 * each knows its own place, so that adding a line costs the same however many follow and however slow they are: one who is too
 * slow finds that lines are missing, and how many. One lock, held for as long as it takes to add or copy.
 *
 * @param <T> immutable
 */
public final class RecentLines<T> {
    private final int linesMax;
    private final int charactersMax;
    private final ToIntFunction<? super T> length;
    private final Followers<T> followers = new Followers<>();
    private final ReentrantLock lock = new ReentrantLock();
    // All guarded by the lock.
    private final Deque<T> lines = new ArrayDeque<>();
    private long end;
    private long characters;

    /**
     * Keeps at most {@code linesMax} lines with at most {@code charactersMax} characters together, and always the newest.
     *
     * @param length the characters of a line
     */
    RecentLines(int linesMax, int charactersMax, ToIntFunction<? super T> length) {
        this.linesMax = linesMax;
        this.charactersMax = charactersMax;
        this.length = length;
    }

    /** Adds a line, at the cost of older ones. */
    void add(T line) {
        lock.lock();
        try {
            lines.addLast(line);
            end++;
            characters += length.applyAsInt(line);
            while (lines.size() > linesMax || (characters > charactersMax && lines.size() > 1)) {
                characters -= length.applyAsInt(lines.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        followers.tell(line);
    }

    /** The number of the line that comes next. */
    public long end() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    /** The number of the oldest line that is still there. */
    public long oldest() {
        lock.lock();
        try {
            return end - lines.size();
        } finally {
            lock.unlock();
        }
    }

    /** The lines from number {@code position} on that are still there, at most {@code max}. */
    public Batch<T> from(long position, int max) {
        lock.lock();
        try {
            long oldest = end - lines.size();
            long first = Math.max(position, oldest);
            List<T> found = new ArrayList<>();
            Iterator<T> newestFirst = lines.descendingIterator();
            // Followers mostly want the last few: walked from there.
            for (long number = end - 1; number >= first; number--) {
                T line = newestFirst.next();
                if (number < first + max) {
                    found.add(line);
                }
            }
            Collections.reverse(found);
            return new Batch<>(found, first + found.size(), first - Math.min(position, first));
        } finally {
            lock.unlock();
        }
    }

    /** The newest lines that {@code wanted} takes, at most {@code max}, in their order. */
    public List<T> newest(int max, Predicate<? super T> wanted) {
        List<T> all = from(0, Integer.MAX_VALUE).lines();
        List<T> found = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0 && found.size() < max; i--) {
            if (wanted.test(all.get(i))) {
                found.add(all.get(i));
            }
        }
        Collections.reverse(found);
        return found;
    }

    /**
     * Has {@code signal} run after each line that is added, in the thread that adds it: it must be quick and throw nothing.
     */
    public Following follow(Runnable signal) {
        return followers.follow(_ -> signal.run());
    }

    /** Whether anybody follows. Cheap. */
    boolean followed() {
        return followers.any();
    }

    /**
     * Lines in a row.
     *
     * @param next the number of the line behind them
     * @param lost how many lines before them are no longer there
     */
    public record Batch<T>(List<T> lines, long next, long lost) {
        public Batch {
            lines = List.copyOf(lines);
        }
    }
}
