package org.confmail.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.confmail.server.block.DataHeader;
import org.confmail.server.block.HeldText;
import org.confmail.server.block.Key;
import org.confmail.server.block.Merged;
import org.confmail.server.block.Replacement;
import org.confmail.server.block.TextBlock;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.disk.DurableFile;
import org.confmail.server.time.Ticker;

/**
 * A root of leaf directories that holds a file for each block (PROTOCOL section 6).
 *
 * <p>Why nothing is lost: a change is a new file, written and forced beside the old one, and then renamed over it, all under
 * the leaf's lock from the reading of the old version on. Where there is no old version, the writing may come before the lock;
 * whether there is still none is looked at again under it. So each reader, and each crash, finds one whole version, and no writer
 * overwrites what he did not read. Texts that wait for the same file are merged and written in one go, and nobody is told before
 * that is done ({@link GroupCommit}). The directory is forced behind the lock, before anybody is told: what others rename there
 * meanwhile holds what was told of here as well. So what is returned as stored or unchanged survives power loss.
 */
public final class BlockStore {
    /** A large file is opened in another tick of the clock than it was written in; so often it may change meanwhile. */
    private static final int FRESH_FILE_TRIES_MAX = 50;

    /** A leader waits for the lock, and perhaps for a place among large merges, and then writes. Clients wait for 15 s. */
    private static final Duration GROUP_PATIENCE = LeafLocks.PATIENCE.plusSeconds(3);

    private final Path root;
    private final Disk disk;
    private final InstantSource clock;
    private final Ticker ticker;
    private final LeafLocks locks;
    private final Leaves leaves;
    private final SettledVersions settled;
    private final RecentTexts recentTexts;
    private final MergeRoom mergeRoom;
    private final GroupCommit groups = new GroupCommit(GROUP_PATIENCE);

    /**
     * A store in {@code root}, which exists.
     *
     * @param serverId names this server's temporary files; hexadecimal digits, the same after a restart, and of no other
     *     server that shares the store
     */
    public BlockStore(Path root, Disk disk, String serverId, InstantSource clock, Ticker ticker) {
        this.root = root;
        this.disk = disk;
        this.clock = clock;
        this.ticker = ticker;
        this.settled = new SettledVersions(clock);
        this.recentTexts = new RecentTexts(clock);
        this.mergeRoom = new MergeRoom(clock);
        this.locks = new LeafLocks(disk, ticker);
        this.leaves = new Leaves(root, disk, locks, serverId, clock);
    }

    public Path root() {
        return root;
    }

    /** The same store for upkeep beside all other work on it. */
    public StoreUpkeep upkeep() {
        return new StoreUpkeep(root, StoreKind.LOCAL, disk, locks, leaves, clock);
    }

    /**
     * Opens what is stored under {@code key}, whatever it is; empty where there is nothing. What is read is one version of it,
     * also where an existing server shares the store and writes in place ({@link StoredFile} says why).
     *
     * @throws IOException if it cannot be read. A {@link LeafBusyException} if another server may be writing it, and keeps the
     *     lock
     */
    public Optional<StoredFile> open(Key key) throws IOException {
        Leaf leaf = leaves.of(key);
        try {
            Path block = leaf.block(key);
            Version version = Version.of(block);
            Optional<StoredStart> recent = recentTexts.of(key, version);
            return Optional.of(
                    recent.isPresent() ? new StoredFile(block, recent.get()) : openSettled(key, block, version));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (UnsettledException e) {
            return openLocked(leaf, key);
        }
    }

    private StoredFile openSettled(Key key, Path block, Version version) throws IOException {
        if (!settled.contains(key, version)) {
            throw new UnsettledException(block + " was modified at " + version.modified());
        }
        StoredFile file = StoredFile.open(block, version);
        recentTexts.add(key, file.start());
        return file;
    }

    private Optional<StoredFile> openLocked(Leaf leaf, Key key) throws IOException {
        for (int tries = 0; tries < FRESH_FILE_TRIES_MAX; tries++) {
            try (var _ = locks.take(leaf)) {
                Optional<StoredFile> open = StoredFile.openToReadOn(leaf.block(key));
                if (open.isEmpty()
                        || settled.add(key, open.get().version())
                        || !open.get().isToBeReadOn()) {
                    return open;
                }
                open.get().close();
            }
            LockSupport.parkNanos(Version.TICK_MAX.toNanos()); // not under the lock, which the writer may want
        }
        throw LeafBusyException.writtenAgainAndAgain(leaf.block(key));
    }

    /**
     * Merges a valid text block with what is held.
     *
     * @throws IOException if it could not be made durable: then the old version stands, or, where only the last step failed,
     *     the new one, which may or may not survive power loss. A {@link LeafBusyException} if the leaf's lock was not to be
     *     had; then the old version stands. If another thread writes the block and does not come to an end, the block may still
     *     be stored
     */
    public Outcome merge(Key key, TextBlock posted) throws IOException {
        return retryingWithoutLeaf(
                leaves.of(key),
                leaf -> seemsToBeFirst(leaf, key) ? storeFirst(leaf, key, posted) : mergeInGroup(leaf, key, posted));
    }

    /** Begins a data block whose bytes are about to arrive, with its header. */
    public Upload upload(Key key, DataHeader header) throws IOException {
        return retryingWithoutLeaf(leaves.of(key), leaf -> {
            Path temporary = leaves.temporary(leaf, key);
            Upload upload = new Upload(key, leaf, temporary, disk, disk.create(temporary, Access.BY_UMASK), clock);
            try {
                byte[] lines = header.stored();
                upload.write(lines, 0, lines.length);
                return upload;
            } catch (IOException | RuntimeException | Error e) {
                upload.close();
                throw e;
            }
        });
    }

    /**
     * Gives a data block that has arrived whole, and is valid, its place. The upload is still to be closed.
     *
     * @throws IOException as {@link #merge}
     */
    public Outcome place(Upload upload, DataHeader header) throws IOException {
        Leaf leaf = upload.leaf();
        if (seemsToReplace(leaf, upload.key(), header)) {
            upload.force(); // the slow part, before the lock; the decision is made again under it
        }
        Outcome outcome = placeUnderLock(leaf, upload, header);
        disk.forceDirectory(leaf.directory());
        return outcome;
    }

    private Outcome placeUnderLock(Leaf leaf, Upload upload, DataHeader header) throws IOException {
        try (var _ = locks.take(leaf)) {
            return switch (replacement(leaf, upload.key(), header)) {
                case Replacement.Replace replace -> {
                    upload.force();
                    upload.place();
                    yield new Outcome.Stored();
                }
                case Replacement.Unchanged unchanged -> {
                    disk.force(leaf.block(upload.key()));
                    yield new Outcome.Unchanged();
                }
                case Replacement.Refused refused -> new Outcome.Refused(refused.reason());
            };
        }
    }

    /**
     * Goes the whole way of a block in the leaf of {@code key}: locks, writes, forces, renames, forces the directory, reads back;
     * and removes what it wrote.
     *
     * @throws IOException if any step fails, or what is read is not what was written
     */
    public void probe(Key key) throws IOException {
        retryingWithoutLeaf(leaves.of(key), leaf -> {
            byte[] content = key.bytes();
            Path temporary = leaves.temporary(leaf, key);
            Path renamed = leaves.temporary(leaf, key);
            try (var _ = locks.take(leaf)) {
                try {
                    write(temporary, content);
                    disk.rename(temporary, renamed);
                    disk.forceDirectory(leaf.directory());
                    readBack(renamed, content);
                } catch (IOException e) {
                    deleteAfter(e, temporary);
                    deleteAfter(e, renamed);
                    throw e;
                }
                disk.delete(renamed);
            }
            return leaf;
        });
    }

    private static void readBack(Path written, byte[] content) throws IOException {
        try (StoredFile file = StoredFile.openLocked(written)
                .orElseThrow(() -> new IOException(written + " is gone after it was written"))) {
            byte[] read = new byte[content.length];
            file.read(0, read, 0, read.length);
            if (!Arrays.equals(content, read)) {
                throw new IOException(written + " does not hold what was written to it");
            }
        }
    }

    private static boolean seemsToBeFirst(Leaf leaf, Key key) {
        return !leaf.block(key).toFile().exists();
    }

    /** Writes and forces the text, the slow part, before the lock. Under it the decision is made again. */
    private Outcome storeFirst(Leaf leaf, Key key, TextBlock posted) throws IOException {
        if (!(posted.merge(HeldText.of(null), clock.instant()) instanceof Merged.Replace(HeldText first))) {
            return mergeInGroup(leaf, key, posted);
        }
        Path temporary = leaves.temporary(leaf, key);
        write(temporary, first.bytes());
        if (!placeFirst(leaf, key, temporary)) {
            return mergeInGroup(leaf, key, posted);
        }
        disk.forceDirectory(leaf.directory());
        return new Outcome.Stored();
    }

    /** Returns whether {@code temporary} has its place now; it is gone in any case. */
    private boolean placeFirst(Leaf leaf, Key key, Path temporary) throws IOException {
        try (var _ = locks.take(leaf)) {
            if (seemsToBeFirst(leaf, key)) {
                disk.rename(temporary, leaf.block(key));
                return true;
            }
        } catch (IOException e) {
            deleteAfter(e, temporary);
            throw e;
        }
        disk.delete(temporary);
        return false;
    }

    private Outcome mergeInGroup(Leaf leaf, Key key, TextBlock posted) throws IOException {
        long start = ticker.nanos();
        return groups.write(key, posted, posts -> {
            List<Outcome> outcomes = mergeUnderLock(leaf, key, posts, start);
            disk.forceDirectory(leaf.directory());
            return outcomes;
        });
    }

    private List<Outcome> mergeUnderLock(Leaf leaf, Key key, Supplier<List<TextBlock>> posts, long start)
            throws IOException {
        try (var _ = locks.take(leaf, start);
                MergeRoom.Held held = mergeRoom.read(leaf, key)) {
            MergeRoom.Change change = held.merge(posts.get());
            byte[] text = change.text();
            if (text != null) {
                replace(leaf, key, text);
            } else if (change.leavesUnchanged()) {
                disk.force(leaf.block(key)); // the existing server, which may share the store, forces nothing
            }
            return change.outcomes();
        }
    }

    private boolean seemsToReplace(Leaf leaf, Key key, DataHeader header) {
        try {
            return replacement(leaf, key, header) instanceof Replacement.Replace;
        } catch (IOException e) {
            return true; // another server may be writing it; if it is the disk, that will show under the lock
        }
    }

    private Replacement replacement(Leaf leaf, Key key, DataHeader header) throws IOException {
        Optional<StoredFile> open = StoredFile.openLockedIfThere(leaf.block(key));
        if (open.isEmpty()) {
            return header.replaces(null, clock.instant());
        }
        try (StoredFile file = open.get()) {
            return header.replaces(file.head(), clock.instant());
        }
    }

    private void replace(Leaf leaf, Key key, byte[] content) throws IOException {
        Path temporary = leaves.temporary(leaf, key);
        write(temporary, content);
        try {
            disk.rename(temporary, leaf.block(key));
        } catch (IOException e) {
            deleteAfter(e, temporary);
            throw e;
        }
    }

    private void deleteAfter(IOException failure, Path temporary) {
        try {
            disk.delete(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Writes and forces a file; where that fails, there is none. */
    private void write(Path temporary, byte[] content) throws IOException {
        try (DurableFile file = disk.create(temporary, Access.BY_UMASK)) {
            file.write(ByteBuffer.wrap(content));
            Version.seal(file, clock.instant());
            file.force();
        } catch (IOException e) {
            deleteAfter(e, temporary);
            throw e;
        }
    }

    /** Runs {@code write} in a prepared leaf, and once more where its directory, or the one above, was removed behind our back. */
    private <T> T retryingWithoutLeaf(Leaf leaf, Write<T> write) throws IOException {
        try {
            leaves.prepare(leaf);
            return write.in(leaf);
        } catch (NoSuchFileException e) {
            leaves.forget(leaf);
            leaves.prepare(leaf);
            return write.in(leaf);
        }
    }

    private interface Write<T> {
        T in(Leaf leaf) throws IOException;
    }
}
