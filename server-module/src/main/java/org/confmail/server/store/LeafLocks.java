package org.confmail.server.store;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.disk.Disk.LockFile;
import org.confmail.server.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The locks of a store's leaves. A leaf lock is a lock of this process, one for each leaf in use so that a lock that another
 * process holds stops one leaf only, and inside it the POSIX lock on the leaf's LOCKFILE, which excludes the other servers
 * and the storage utility (PROTOCOL section 6). Nothing else ever opens a LOCKFILE: closing any channel on it would drop the
 * lock.
 *
 * <p>Threads that follow one another in a leaf hand the POSIX lock on with the inner one, as a cohort does, until nobody follows or
 * their turn is over. Where other processes write as well, each write is a turn: while it lasts, more posts gather elsewhere
 * for one write ({@link GroupCommit}).
 *
 * <p>Lock order: a thread holds at most one leaf lock.
 */
final class LeafLocks {
    /**
     * How long a writer waits for a lock. Existing clients wait 15 s for an answer; with this they get FAILED within 10 s.
     */
    static final Duration PATIENCE = Duration.ofSeconds(8);

    /** Between two tries of a lock that another process holds: a try takes some microseconds, a write about a millisecond. */
    private static final long PAUSE_NANOS_MIN = TimeUnit.MICROSECONDS.toNanos(100);

    private static final long PAUSE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(1);
    /** The longer the wait, the longer the pauses: up to this part of it. */
    private static final int PAUSE_PART = 512;

    /**
     * For so long threads of this process may hand the lock on to one another, and whoever waits elsewhere waits as long; unless
     * another process had the lock within this time.
     */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Then the lock is left free for so long: a little more than the longest pause, so that whoever waits finds it free. */
    private static final long GIVING_WAY_NANOS = TimeUnit.MICROSECONDS.toNanos(1500);
    /** The same where turns are short, and with them the waits and the pauses. */
    private static final long GIVING_WAY_SHORTLY_NANOS = TimeUnit.MICROSECONDS.toNanos(150);

    private static final Logger LOG = LoggerFactory.getLogger("store");

    private final Disk disk;
    private final Ticker ticker;
    private final ConcurrentMap<Integer, Shared> inUse = new ConcurrentHashMap<>();

    LeafLocks(Disk disk, Ticker ticker) {
        this.disk = disk;
        this.ticker = ticker;
    }

    /**
     * Takes the lock of {@code leaf}, whose directory exists, against this process and all others.
     *
     * @throws LeafBusyException if it cannot be had within {@link #PATIENCE}
     */
    Held take(Leaf leaf) throws IOException {
        return take(leaf, ticker.nanos());
    }

    /**
     * The same for somebody who waits already.
     *
     * @param start since when, by the ticker
     */
    Held take(Leaf leaf, long start) throws IOException {
        Shared shared = enter(leaf, start);
        try {
            if (shared.posix == null) {
                giveWay(shared);
                shared.posix = lock(leaf, start, shared);
            }
            return () -> exit(leaf, shared);
        } catch (IOException | RuntimeException | Error e) {
            exit(leaf, shared);
            throw e;
        }
    }

    private LockFile lock(Leaf leaf, long start, Shared shared) throws IOException {
        LockFile posix = disk.openLock(leaf.lockFile(), Access.BY_UMASK);
        try {
            await(leaf, posix, start, shared);
            return posix;
        } catch (IOException | RuntimeException | Error e) {
            close(leaf, posix);
            throw e;
        }
    }

    private void await(Leaf leaf, LockFile posix, long start, Shared shared) throws IOException {
        long firstTry = ticker.nanos(); // before, other threads of this process may have been waited for
        while (!posix.tryLock()) {
            long now = ticker.nanos();
            if (now - start > PATIENCE.toNanos()) {
                throw LeafBusyException.locked(leaf, "another process holds " + Leaf.LOCK_FILE);
            }
            LockSupport.parkNanos(pause(now - firstTry));
            shared.metAnother(ticker.nanos());
        }
        shared.beginTurn(ticker.nanos());
    }

    /**
     * Takes the lock of {@code leaf} against this process only; its directory need not exist.
     *
     * @throws LeafBusyException if it cannot be had within {@link #PATIENCE}
     */
    Held takeInProcess(Leaf leaf) throws LeafBusyException {
        Shared shared = enter(leaf, ticker.nanos());
        giveUp(leaf, shared); // where the directory is being made anew, it is the lock on a file that is gone
        return () -> exit(leaf, shared);
    }

    private Shared enter(Leaf leaf, long start) throws LeafBusyException {
        Shared shared = inUse.compute(leaf.number(), (number, there) -> {
            Shared lock = there == null ? new Shared(ticker.nanos()) : there;
            lock.users++;
            return lock;
        });
        boolean locked = false;
        try {
            long left = PATIENCE.toNanos() - (ticker.nanos() - start);
            locked = shared.lock.tryLock(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!locked) {
                leave(leaf);
            }
        }
        if (!locked) {
            throw LeafBusyException.locked(leaf, "other connections are writing there");
        }
        return shared;
    }

    private void exit(Leaf leaf, Shared shared) {
        if (shared.isTurnOver(ticker.nanos())) {
            giveUp(leaf, shared);
        }
        shared.lock.unlock();
        leave(leaf);
    }

    private void giveWay(Shared shared) {
        long now = ticker.nanos();
        if (shared.isTurnOver(now)) {
            LockSupport.parkNanos(shared.isContended(now) ? GIVING_WAY_SHORTLY_NANOS : GIVING_WAY_NANOS);
        }
    }

    /** As irregular as the clock's last digits, so that two who wait do not always come at the same time. */
    private static long pause(long waitedNanos) {
        long longest = Math.clamp(waitedNanos / PAUSE_PART, PAUSE_NANOS_MIN, PAUSE_NANOS_MAX);
        return longest - Math.floorMod(waitedNanos, longest / 2);
    }

    /** How many hold a lock of {@code leaf} or wait for it. */
    int users(Leaf leaf) {
        AtomicInteger users = new AtomicInteger();
        inUse.computeIfPresent(leaf.number(), (number, shared) -> {
            users.set(shared.users);
            return shared;
        });
        return users.get();
    }

    /** Of how many leaves a lock is held or waited for. */
    int inUse() {
        return inUse.size();
    }

    /** Whoever leaves last gives the lock up before anybody can enter anew. */
    private void leave(Leaf leaf) {
        inUse.computeIfPresent(leaf.number(), (number, shared) -> {
            if (--shared.users > 0) {
                return shared;
            }
            giveUp(leaf, shared);
            return null;
        });
    }

    private static void giveUp(Leaf leaf, Shared shared) {
        LockFile posix = shared.posix;
        if (posix != null) {
            shared.posix = null;
            close(leaf, posix);
        }
    }

    private static void close(Leaf leaf, LockFile posix) {
        try {
            posix.close();
        } catch (IOException e) {
            // The descriptor is gone and the lock with it; what was written under the lock stands.
            LOG.warn("closing {}: {}", leaf.lockFile(), e.getMessage());
        }
    }

    /**
     * The locks of a leaf, and how many hold or wait for them. {@code users} is guarded by the map's entry, the other fields by the
     * inner lock, or by nobody's being left. It is there as long as somebody uses it, so that a new one means that the leaf was free.
     */
    private static final class Shared {
        final ReentrantLock lock = new ReentrantLock();
        /** The POSIX lock, while this process has it. */
        @Nullable
        LockFile posix;

        private long turnEnds;
        private long contendedUntil;
        int users;

        Shared(long now) {
            contendedUntil = now - 1;
            beginTurn(now);
        }

        /** Another process has the lock, or had it just now. */
        void metAnother(long now) {
            contendedUntil = now + TURN_NANOS;
        }

        boolean isContended(long now) {
            return contendedUntil - now >= 0;
        }

        /** A turn is one write where another process is about. */
        void beginTurn(long now) {
            turnEnds = isContended(now) ? now : now + TURN_NANOS;
        }

        boolean isTurnOver(long now) {
            return now - turnEnds >= 0;
        }
    }

    /** A lock that is held until it is closed. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }
}
