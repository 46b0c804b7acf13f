package org.confmail.server.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.disk.Disk.HeldLock;

/**
 * The right to run a server on a home: {@code server.lock}, held until closed. Two servers on one home would send every queue
 * entry twice and overwrite each other's files, so this comes before a port is bound and before anything is touched. The
 * operating system releases the lock when the process dies in whatever way; the file stays and means nothing by itself.
 */
public final class HomeLock implements AutoCloseable {
    /**
     * The homes that this process holds, by real path. The one piece of static state here, because POSIX locks are of the
     * process as well: a second channel on the lock file, opened only to find it locked, would drop the first one's lock when
     * it is closed.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path realRoot;
    private final HeldLock lock;
    private final String serverId;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private HomeLock(Path realRoot, HeldLock lock, String serverId) {
        this.realRoot = realRoot;
        this.lock = lock;
        this.serverId = serverId;
    }

    /**
     * Takes the lock of {@code home}.
     *
     * @param hostName this machine's name; see {@link HostName}
     * @throws HomeException when a server runs on that home, or when its files cannot be reached
     */
    public static HomeLock take(Home home, String hostName, Disk disk, RandomGenerator random) throws HomeException {
        if (!Files.isDirectory(home.root())) {
            throw new HomeException(
                    "home " + home.root()
                            + ": there is no such directory. The server does not start. Correct -homedir, or make a home with -init.");
        }
        Path realRoot;
        try {
            realRoot = home.root().toRealPath();
        } catch (IOException e) {
            throw unreachable(home, e);
        }
        if (!HELD_HERE.add(realRoot)) {
            throw held(home);
        }
        boolean taken = false;
        try {
            HomeLock lock = take(home, realRoot, hostName, disk, random);
            taken = true;
            return lock;
        } catch (IOException e) {
            throw unreachable(home, e);
        } finally {
            if (!taken) {
                HELD_HERE.remove(realRoot);
            }
        }
    }

    private static HomeLock take(Home home, Path realRoot, String hostName, Disk disk, RandomGenerator random)
            throws HomeException, IOException {
        Optional<HeldLock> lock = disk.tryLock(home.lockFile(), Access.OWNER_ONLY);
        if (lock.isEmpty()) {
            throw held(home);
        }
        try {
            return new HomeLock(realRoot, lock.get(), ServerId.of(home, realRoot, hostName, disk, random));
        } catch (IOException | RuntimeException e) {
            lock.get().close();
            throw e;
        }
    }

    /** Whether this process holds the home at {@code realRoot}: then nobody may open its lock file to try. */
    static boolean isHeldHere(Path realRoot) {
        return HELD_HERE.contains(realRoot);
    }

    /** 8 lower-case hexadecimal digits that name this server's temporary files, the same at every start on this home. */
    public String serverId() {
        return serverId;
    }

    /** Gives the home free; a second call does nothing, as another may hold the home by then. */
    @Override
    public void close() throws IOException {
        if (!open.getAndSet(false)) {
            return;
        }
        try {
            lock.close();
        } finally {
            HELD_HERE.remove(realRoot);
        }
    }

    private static HomeException held(Home home) {
        return new HomeException("home " + home.root()
                + ": a server already runs on it (server.lock is held). This one does not start, and has touched nothing. Stop"
                + " the other one, or name another home with -homedir.");
    }

    private static HomeException unreachable(Home home, IOException failure) {
        return new HomeException(
                "home " + home.root() + ": cannot take server.lock or read and write server.id: " + Reason.of(failure)
                        + ". The server does not start. Let its user own the home, and see that its disk is mounted, has space"
                        + " and supports locks.",
                failure);
    }
}
