package org.confmail.server.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;

/** Finds out whether a server runs on a home, without making the lock file or taking the lock from anyone. */
final class LockProbe {
    private LockProbe() {}

    enum State {
        FREE,
        HELD,
        UNKNOWN
    }

    /**
     * The state of the lock at this moment. A shared lock is tried, for which reading rights are enough and which two checks can
     * hold at once. A server that starts in that very instant would be refused, and must not start in this same process.
     */
    static synchronized State of(Home home) {
        try {
            if (HomeLock.isHeldHere(home.root().toRealPath())) {
                return State.HELD; // opening the file here would drop our own server's lock (POSIX)
            }
            try (FileChannel file = FileChannel.open(home.lockFile(), StandardOpenOption.READ);
                    FileLock lock = file.tryLock(0, Long.MAX_VALUE, true)) {
                return lock == null ? State.HELD : State.FREE;
            }
        } catch (NoSuchFileException e) {
            return State.FREE;
        } catch (IOException e) {
            return State.UNKNOWN;
        }
    }
}
