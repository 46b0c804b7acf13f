package org.confmail.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Another process for {@link LeafLocksTest}: tries the lock on the file of its first argument, or waits for it where the second
 * is {@code WAIT}, says {@code LOCKED} or {@code BUSY}, and holds it until its standard input ends.
 */
public final class LeafHolderMain {
    private LeafHolderMain() {}

    public static void main(String[] arguments) throws IOException {
        try (FileChannel channel =
                FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            FileLock lock = arguments[1].equals("WAIT") ? channel.lock() : channel.tryLock();
            System.out.println(lock == null ? "BUSY" : "LOCKED");
            while (lock != null && System.in.read() >= 0) {
                // until the test closes it, or dies
            }
        }
    }
}
