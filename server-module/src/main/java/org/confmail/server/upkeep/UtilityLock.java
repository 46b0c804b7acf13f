package org.confmail.server.upkeep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.disk.Disk.HeldLock;
import org.confmail.server.home.Home;

/**
 * The right to do upkeep on a home: the lock of the storage utility, which the old one takes too (PROTOCOL section 14). A process
 * has one for each home, because nothing else in it may open the lock's file.
 */
public final class UtilityLock {
    private final Path directory;
    private final Disk disk;
    private final AtomicBoolean held = new AtomicBoolean();

    public UtilityLock(Home home, Disk disk) {
        this.directory = home.storageUtility();
        this.disk = disk;
    }

    /** The file whose lock it is. */
    public Path file() {
        return directory.resolve("LOCKFILE");
    }

    /** Takes it, or returns empty at once where another run, in this process or another one, has it. */
    public Optional<HeldLock> tryTake() throws IOException {
        if (!held.compareAndSet(false, true)) {
            return Optional.empty();
        }
        boolean taken = false;
        try {
            disk.createDirectory(directory, Access.OWNER_ONLY);
            Optional<HeldLock> lock = disk.tryLock(file(), Access.OWNER_ONLY);
            taken = lock.isPresent();
            return lock.map(this::releasing);
        } finally {
            if (!taken) {
                held.set(false);
            }
        }
    }

    private HeldLock releasing(HeldLock lock) {
        return () -> {
            try {
                lock.close();
            } finally {
                held.set(false);
            }
        };
    }
}
