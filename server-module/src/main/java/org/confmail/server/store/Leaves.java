package org.confmail.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    /** The leaves that were prepared since the server started. */
    private final NumberSet prepared = new NumberSet(Leaf.COUNT);
    /** The first-level directories that are there, with their names durable in the root. */
    private final NumberSet firstPrepared = new NumberSet(Leaf.FIRST_COUNT);

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
        if (prepared.contains(leaf.number())) {
            return;
        }
        try (var _ = locks.takeInProcess(leaf)) {
            if (prepared.contains(leaf.number())) {
                return;
            }
            prepareFirst(leaf);
            boolean isNew = disk.createDirectory(leaf.directory(), Access.BY_UMASK);
            disk.forceDirectory(leaf.first());
            if (!isNew) {
                removeLeftOvers(leaf);
            }
            prepared.add(leaf.number());
        }
    }

    /** Several threads may do this at once; the root is forced by each that does not know that it was. */
    private void prepareFirst(Leaf leaf) throws IOException {
        if (!firstPrepared.contains(leaf.firstNumber())) {
            disk.createDirectory(leaf.first(), Access.BY_UMASK);
            disk.forceDirectory(root);
            firstPrepared.add(leaf.firstNumber());
        }
    }

    /** Says that the leaf's directory turned out to be missing. */
    void forget(Leaf leaf) {
        prepared.remove(leaf.number());
        firstPrepared.remove(leaf.firstNumber());
    }

    /** A name for a temporary file that no other thread, run or server uses. */
    Path temporary(Leaf leaf, Key key) {
        return leaf.directory().resolve(key + "." + serverId + "-" + number.incrementAndGet() + run);
    }

    private void removeLeftOvers(Leaf leaf) throws IOException {
        // Not a stream of paths: most of what is there is of no interest, and each leaf pays for this once.
        String[] names = leaf.directory().toFile().list();
        if (names == null) {
            throw new IOException("cannot list " + leaf.directory());
        }
        for (String name : names) {
            if (name.endsWith(TEMPORARY)) {
                removeIfLeftOver(leaf.directory().resolve(name));
            }
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

    /** Whether {@code file} is a temporary one that nobody writes any more. */
    boolean isLeftOver(Path file) throws IOException {
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
