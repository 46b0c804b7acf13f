package org.confmail.server.upkeep;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.confmail.server.time.Scheduler;
import org.confmail.server.time.Scheduler.Scheduled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps some space free on the disks of a server (disk_reserve): once less is left, new blocks are refused, so that what the server
 * must write all the same, its queues, its log, the trimming of mailboxes, still can be. Looks every few seconds; asking it costs
 * nothing. Safe for use by many threads.
 */
public final class DiskReserve implements AutoCloseable {
    /** In which a fast network fills less than the smallest sensible reserve. */
    static final Duration PERIOD = Duration.ofSeconds(3);
    /** Blocks are taken again when this part of the reserve is free on top of it: not every deleted block is to change the state. */
    private static final int SLACK_PART = 16;

    private static final long MEBIBYTE = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger("upkeep");

    private final List<Path> directories;
    private final FreeSpace space;
    private final LongSupplier reserve;
    private final Executor executor;
    private final Scheduled polling;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Set<Path> unreadable = ConcurrentHashMap.newKeySet();
    private volatile State state;

    /**
     * How things stand.
     *
     * @param refusing whether new blocks are refused
     * @param directory where the least is free
     * @param freeBytes how much; the largest number where it was never found out
     * @param reserveBytes how much is to be kept free; 0 = nothing
     */
    public record State(boolean refusing, Path directory, long freeBytes, long reserveBytes) {}

    /** Tells how much is free. */
    public interface FreeSpace {
        /** The bytes that this process could still write in {@code directory}. */
        long bytes(Path directory) throws IOException;
    }

    /**
     * Looks at once, and from now on.
     *
     * @param directories where blocks are written; not empty
     * @param reserve in bytes, of this moment; 0 = none is kept
     * @param executor where looking may block, as it does where a disk hangs
     */
    public DiskReserve(
            List<Path> directories, FreeSpace space, LongSupplier reserve, Scheduler scheduler, Executor executor) {
        this.directories = List.copyOf(directories);
        this.space = space;
        this.reserve = reserve;
        this.executor = executor;
        this.state = new State(false, directories.getFirst(), Long.MAX_VALUE, 0);
        look();
        this.polling = scheduler.every(PERIOD, this::lookElsewhere);
    }

    /** Whether new blocks are to be refused. */
    public boolean isReached() {
        return state.refusing();
    }

    public State state() {
        return state;
    }

    private void lookElsewhere() {
        if (looking.compareAndSet(false, true)) {
            executor.execute(() -> {
                try {
                    look();
                } finally {
                    looking.set(false);
                }
            });
        }
    }

    private void look() {
        Path least = directories.getFirst();
        long free = Long.MAX_VALUE;
        boolean known = true;
        for (Path directory : directories) {
            OptionalLong here = free(directory);
            known &= here.isPresent();
            if (here.isPresent() && here.getAsLong() < free) {
                free = here.getAsLong();
                least = directory;
            }
        }
        // What cannot be told may be what was too little.
        if (known || (free < Long.MAX_VALUE && !state.refusing())) {
            change(least, free, reserve.getAsLong());
        }
    }

    private OptionalLong free(Path directory) {
        try {
            long bytes = space.bytes(directory);
            unreadable.remove(directory);
            return OptionalLong.of(bytes);
        } catch (IOException e) {
            if (unreadable.add(directory)) {
                LOG.warn(
                        "cannot tell how much space is left in {}: {}. disk_reserve does nothing there until that can be"
                                + " told. Is the disk mounted, and may this user enter the directory?",
                        directory,
                        e.toString());
            }
            return OptionalLong.empty();
        }
    }

    private void change(Path least, long free, long kept) {
        boolean before = state.refusing();
        boolean refusing = kept > 0 && free < (before ? kept + kept / SLACK_PART : kept);
        state = new State(refusing, least, free, kept);
        if (refusing && !before) {
            LOG.error(
                    "only {} MiB are free on the disk of {}, less than disk_reserve, {} MiB: new blocks are refused, clients are"
                            + " told FAILED. Free space there, or prune: 'confmail-admin prune', Storage in the console, or -storutil.",
                    free / MEBIBYTE,
                    least,
                    kept / MEBIBYTE);
        } else if (before && !refusing) {
            LOG.warn("{} MiB are free on the disk of {}: new blocks are taken again", free / MEBIBYTE, least);
        }
    }

    @Override
    public void close() {
        polling.cancel();
    }
}
