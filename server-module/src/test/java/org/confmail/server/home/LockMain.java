package org.confmail.server.home;

import java.nio.file.Path;
import java.util.Random;
import org.confmail.server.disk.FileDisk;

/** Another process for {@link HomeLockTest}: {@code hold HOME} holds the lock until it is killed, {@code try HOME} tries it. */
public final class LockMain {
    private LockMain() {}

    public static void main(String[] arguments) throws Exception {
        Home home = Home.at(Path.of(arguments[1]));
        if (arguments[0].equals("try")) {
            System.out.println(LockProbe.of(home));
            return;
        }
        try (HomeLock lock = HomeLock.take(home, "other", new FileDisk(), new Random())) {
            System.out.println("HOLDING");
            Thread.currentThread().join(); // until killed
            throw new IllegalStateException(lock.serverId());
        }
    }
}
