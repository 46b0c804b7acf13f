package org.confmail.server.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much room the held blocks take, and whether there is room for more. There is none where the server takes no blocks at all,
 * as disk_reserve is reached; and what is held for others gives way earlier than what is stored for the server's own users. Safe
 * for use by many threads.
 */
final class HeldRoom {
    /**
     * All held blocks together. Anybody who does the work may have blocks held here: this is some 70,000 of the longest data
     * blocks that clients give to the DHT, far more than the mail of ten days in a network of the present size, and little
     * beside the mail that a server stores for its own users.
     */
    static final long BYTES_MAX = 4L << 30;
    /** Left free for the server's own users, or a part of the disk where that is less. */
    private static final long FREE_BYTES_MIN = 1L << 30;

    private static final int FREE_PART = 20;

    private static final Logger LOG = LoggerFactory.getLogger("dht");

    private final Path root;
    private final long bytesMax;
    private final BooleanSupplier refusing;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean full = new AtomicBoolean();

    /**
     * Room in {@code root}.
     *
     * @param bytesMax for all blocks together
     * @param refusing whether the server takes no new blocks now
     */
    HeldRoom(Path root, long bytesMax, BooleanSupplier refusing) {
        this.root = root;
        this.bytesMax = bytesMax;
        this.refusing = refusing;
    }

    long bytes() {
        return bytes.get();
    }

    /** So much was found on the disk. */
    void counted(long found) {
        bytes.set(found);
    }

    /** So much of what was taken is free again. */
    void giveBack(long taken) {
        bytes.addAndGet(-taken);
    }

    /**
     * Takes room for a file that becomes longer by {@code more} bytes, or shorter where that is negative.
     *
     * @throws HeldFullException if there is none; nothing is taken then
     */
    void take(long more) throws IOException {
        long taken = bytes.addAndGet(more);
        if (more <= 0) {
            return;
        }
        FileStore disk = Files.getFileStore(root);
        long free = disk.getUsableSpace();
        long freeMin = Math.min(FREE_BYTES_MIN, disk.getTotalSpace() / FREE_PART);
        if (taken <= bytesMax && free - more >= freeMin && !refusing.getAsBoolean()) {
            full.set(false);
            return;
        }
        bytes.addAndGet(-more);
        if (!full.getAndSet(true)) {
            LOG.warn(
                    "blocks of other nodes take {} of {} bytes in {}, where {} are free{}: new ones are refused until there is"
                            + " room again. What is held stays.",
                    bytes(),
                    bytesMax,
                    root,
                    free,
                    refusing.getAsBoolean() ? ", and disk_reserve is reached" : "");
        }
        throw new HeldFullException();
    }
}
