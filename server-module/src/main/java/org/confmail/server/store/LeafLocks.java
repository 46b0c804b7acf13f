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

    private static final long PAUSE_NANOS_FIRST = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long PAUSE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(20);

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
        long giveUp = ticker.nanos() + PATIENCE.toNanos();
        Held inProcess = takeInProcess(leaf);
        try {
            long pause = PAUSE_NANOS_FIRST;
            while (true) {
                Optional<HeldLock> posix = disk.tryLock(leaf.lockFile(), Access.BY_UMASK);
                if (posix.isPresent()) {
                    return () -> release(leaf, posix.get(), inProcess);
                }
                if (ticker.nanos() - giveUp > 0) {
                    throw new LeafBusyException(leaf, "another process holds " + Leaf.LOCK_FILE);
                }
                LockSupport.parkNanos(pause);
                pause = Math.min(2 * pause, PAUSE_NANOS_MAX);
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
        Shared shared = inUse.compute(leaf.number(), (number, there) -> {
            Shared lock = there == null ? new Shared() : there;
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
            throw new LeafBusyException(leaf, "other connections are writing there");
        }
        return () -> {
            shared.lock.unlock();
            leave(leaf);
        };
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

    /** A lock and how many hold it or wait for it; {@code users} is guarded by the map's entry. */
    private static final class Shared {
        final ReentrantLock lock = new ReentrantLock();
        int users;
    }

    /** A lock that is held until it is closed. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }
}
