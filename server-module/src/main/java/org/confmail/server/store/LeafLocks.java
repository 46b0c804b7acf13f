package org.confmail.server.store;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.disk.Disk.HeldLock;
import org.confmail.server.time.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The locks of a store's leaves. A leaf lock is a lock of this process, one for each leaf in use so that a lock that another
 * process holds stops one leaf only, and inside it the POSIX lock on the leaf's LOCKFILE, which excludes the other servers
 * and the storage utility (PROTOCOL section 6). Nothing else ever opens a LOCKFILE: closing any channel on it would drop the
 * lock.
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

    private static final long PAUSE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(4);
    /** The longer the wait, the longer the pauses: up to this part of it. */
    private static final int PAUSE_PART = 16;

    /**
     * For so long threads of this process may follow one another in a leaf. Nobody who waits elsewhere would ever find the lock
     * free otherwise: a thread that is here already is always quicker.
     */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Then the lock is left free for so long: a little more than the longest pause, so that whoever waits finds it free. */
    private static final long GIVING_WAY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

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
        long start = ticker.nanos();
        Shared shared = enter(leaf);
        Held inProcess = () -> exit(leaf, shared);
        try {
            giveWay(shared);
            while (true) {
                Optional<HeldLock> posix = disk.tryLock(leaf.lockFile(), Access.BY_UMASK);
                if (posix.isPresent()) {
                    return () -> release(leaf, posix.get(), inProcess);
                }
                long waited = ticker.nanos() - start;
                if (waited > PATIENCE.toNanos()) {
                    throw LeafBusyException.locked(leaf, "another process holds " + Leaf.LOCK_FILE);
                }
                LockSupport.parkNanos(pause(waited));
                shared.turnEnds = ticker.nanos() + TURN_NANOS; // the others have theirs
            }
        } catch (IOException | RuntimeException | Error e) {
            inProcess.close();
            throw e;
        }
    }

    /**
     * Takes the lock of {@code leaf} against this process only; its directory need not exist.
     *
     * @throws LeafBusyException if it cannot be had within {@link #PATIENCE}
     */
    Held takeInProcess(Leaf leaf) throws LeafBusyException {
        Shared shared = enter(leaf);
        return () -> exit(leaf, shared);
    }

    private Shared enter(Leaf leaf) throws LeafBusyException {
        Shared shared = inUse.compute(leaf.number(), (number, there) -> {
            Shared lock = there == null ? new Shared(ticker.nanos() + TURN_NANOS) : there;
            lock.users++;
            return lock;
        });
        boolean locked = false;
        try {
            locked = shared.lock.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
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
        shared.lock.unlock();
        leave(leaf);
    }

    private void giveWay(Shared shared) {
        if (ticker.nanos() - shared.turnEnds > 0) {
            LockSupport.parkNanos(GIVING_WAY_NANOS);
            shared.turnEnds = ticker.nanos() + TURN_NANOS;
        }
    }

    /** As irregular as the clock's last digits, so that two who wait do not always come at the same time. */
    private static long pause(long waitedNanos) {
        long longest = Math.clamp(waitedNanos / PAUSE_PART, PAUSE_NANOS_MIN, PAUSE_NANOS_MAX);
        return longest - Math.floorMod(waitedNanos, longest / 2);
    }

    /** Of how many leaves a lock is held or waited for. */
    int inUse() {
        return inUse.size();
    }

    private static void release(Leaf leaf, HeldLock posix, Held inProcess) {
        try {
            posix.close();
        } catch (IOException e) {
            // The descriptor is gone and the lock with it; what was written under the lock stands.
            LOG.warn("closing {}: {}", leaf.lockFile(), e.getMessage());
        } finally {
            inProcess.close();
        }
    }

    private void leave(Leaf leaf) {
        inUse.computeIfPresent(leaf.number(), (number, shared) -> --shared.users == 0 ? null : shared);
    }

    /**
     * A lock and how many hold it or wait for it; {@code users} is guarded by the map's entry, {@code turnEnds} by the lock. It is
     * there as long as somebody uses it, so that a new one means that the leaf was free.
     */
    private static final class Shared {
        final ReentrantLock lock = new ReentrantLock();
        long turnEnds;
        int users;

        Shared(long turnEnds) {
            this.turnEnds = turnEnds;
        }
    }

    /** A lock that is held until it is closed. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }
}
