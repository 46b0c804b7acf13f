package org.confmail.server.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.confmail.server.block.Key;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leaf directories of one store: made durable when first written to, cleared of left-over temporary files then, and the
 * source of names for new ones.
 *
 * <p>A temporary file is named {@code KEY.<server id>-<number>.tmp}: the old storage utility sees more than 40 hexadecimal
 * digits there and leaves it alone (PROTOCOL section 6), and a server knows its own. It removes its own left-overs, which are
 * those from before it started, at once, and those of others when they are a day old, because another server may be writing
 * them now. The number ends in the moment at which the server started, so that a clock that was set back makes no left-over look
 * like a file of today's.
 */
final class Leaves {
    private static final String TEMPORARY = ".tmp";
    private static final Duration FOREIGN_LEFT_OVER = Duration.ofDays(1);
    private static final Logger LOG = LoggerFactory.getLogger("store");

    private final Path root;
    private final Disk disk;
    private final LeafLocks locks;
    private final String serverId;
    private final InstantSource clock;
    /** What the names of this run end in. */
    private final String run;

    private final AtomicLong number = new AtomicLong();
    /** One bit a leaf: whether it was prepared since the server started. */
    private final AtomicIntegerArray prepared = new AtomicIntegerArray(Leaf.COUNT / Integer.SIZE);

    Leaves(Path root, Disk disk, LeafLocks locks, String serverId, InstantSource clock) {
        this.root = root;
        this.disk = disk;
        this.locks = locks;
        this.serverId = serverId;
        this.clock = clock;
        this.run = "-" + clock.millis() + TEMPORARY;
    }

    Leaf of(Key key) {
        return Leaf.of(root, key);
    }

    /**
     * Makes sure that the leaf's directory is there and survives power loss. The first thread to come does the work, once for
     * each run of the server; the directory may have been made by somebody who did not force it.
     */
    void prepare(Leaf leaf) throws IOException {
        if (isPrepared(leaf)) {
            return;
        }
        try (var _ = locks.takeInProcess(leaf)) {
            if (isPrepared(leaf)) {
                return;
            }
            disk.createDirectory(leaf.first(), Access.BY_UMASK);
            disk.createDirectory(leaf.directory(), Access.BY_UMASK);
            disk.forceDirectory(leaf.first());
            disk.forceDirectory(root);
            removeLeftOvers(leaf);
            prepared.accumulateAndGet(
                    leaf.number() / Integer.SIZE, 1 << leaf.number() % Integer.SIZE, (bits, bit) -> bits | bit);
        }
    }

    /** Says that the leaf's directory turned out to be missing. */
    void forget(Leaf leaf) {
        prepared.accumulateAndGet(
                leaf.number() / Integer.SIZE, 1 << leaf.number() % Integer.SIZE, (bits, bit) -> bits & ~bit);
    }

    /** A name for a temporary file that no other thread, run or server uses. */
    Path temporary(Leaf leaf, Key key) {
        return leaf.directory().resolve(key + "." + serverId + "-" + number.incrementAndGet() + run);
    }

    private boolean isPrepared(Leaf leaf) {
        return (prepared.get(leaf.number() / Integer.SIZE) & 1 << leaf.number() % Integer.SIZE) != 0;
    }

    private void removeLeftOvers(Leaf leaf) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(leaf.directory(), "*" + TEMPORARY)) {
            for (Path file : files) {
                removeIfLeftOver(file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** A file that cannot be removed is in nobody's way: the block that is to be written here does not fail for its sake. */
    private void removeIfLeftOver(Path file) {
        try {
            if (isLeftOver(file) && disk.delete(file)) {
                LOG.info("removed {}, left over from an interrupted write", file);
            }
        } catch (IOException e) {
            LOG.warn(
                    "cannot remove {}, left over from an interrupted write: {}. Delete it by hand.",
                    file,
                    e.toString());
        }
    }

    private boolean isLeftOver(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!isTemporary(name)) {
            return false;
        }
        if (name.startsWith("." + serverId + "-", Key.HEX_DIGITS)) {
            return !name.endsWith(run);
        }
        try {
            Instant modified = Files.getLastModifiedTime(file).toInstant();
            return modified.isBefore(clock.instant().minus(FOREIGN_LEFT_OVER));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Whether a server made a file of this name; another may be an operator's own. */
    private static boolean isTemporary(String name) {
        return name.length() > Key.HEX_DIGITS
                && name.charAt(Key.HEX_DIGITS) == '.'
                && Key.parse(name.substring(0, Key.HEX_DIGITS)).isPresent();
    }
}
