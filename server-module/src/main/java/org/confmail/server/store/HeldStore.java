package org.confmail.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.confmail.server.block.Announcements;
import org.confmail.server.block.Key;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.disk.DurableFile;
import org.confmail.server.time.Ticker;

/**
 * The files of the blocks that this node holds for the DHT. A change is a new file that is renamed over the old one under the
 * leaf's lock, as in the {@link BlockStore}; but nothing is forced, as other nodes have copies (DESIGN, Durability). Safe for
 * use by many threads.
 */
public final class HeldStore {
    /**
     * No file of a block that is accepted is larger. Of the memory that the server may use at most, one is a part: with a small heap
     * a larger one is neither taken nor read.
     */
    private static final long BYTES_MAX = Math.min(
            Announcements.MAILBOX_BYTES_MAX + (1 << 20), Runtime.getRuntime().maxMemory() / 16);

    private final Path root;
    private final Disk disk;
    private final InstantSource clock;
    private final LeafLocks locks;
    private final Leaves leaves;
    private final HeldRoom room;
    private final long bytesMax;

    /**
     * A store in {@code root}, which exists.
     *
     * @param serverId as for the {@link BlockStore}
     * @param refusing whether the server takes no new blocks now, because the disk is nearly full
     */
    public HeldStore(
            Path root, Disk disk, String serverId, InstantSource clock, Ticker ticker, BooleanSupplier refusing) {
        this(root, disk, serverId, clock, ticker, refusing, HeldRoom.BYTES_MAX, BYTES_MAX);
    }

    /**
     * @param roomBytes what all blocks together may take
     * @param bytesMax what one may take
     */
    HeldStore(
            Path root,
            Disk disk,
            String serverId,
            InstantSource clock,
            Ticker ticker,
            BooleanSupplier refusing,
            long roomBytes,
            long bytesMax) {
        this.root = root;
        this.disk = disk;
        this.clock = clock;
        this.locks = new LeafLocks(disk, ticker);
        this.leaves = new Leaves(root, disk, locks, serverId, clock);
        this.room = new HeldRoom(root, roomBytes, refusing);
        this.bytesMax = bytesMax;
    }

    public Path root() {
        return root;
    }

    /** The same store for upkeep beside all other work on it. */
    public StoreUpkeep upkeep() {
        return new StoreUpkeep(root, StoreKind.ENTANGLED, disk, locks, leaves, clock);
    }

    /**
     * What is held under {@code key}; empty where that is nothing, or damaged.
     *
     * @throws HeldTooLargeException where it is larger than this server's memory is meant for
     */
    public Optional<HeldBlock> read(Key key) throws IOException {
        return read(key, in -> {
            byte[] file = in.readNBytes((int) bytesMax);
            if (in.read() >= 0) {
                throw new HeldTooLargeException(leaves.of(key).block(key), bytesMax);
            }
            return file;
        });
    }

    /** The same with no more of the block than its beginning. */
    public Optional<HeldBlock> readHeader(Key key) throws IOException {
        return read(key, in -> in.readNBytes(HeldBlock.HEADER_BYTES_MAX));
    }

    /** How many bytes the file takes that is held under {@code key}; 0 where there is none. */
    public long bytes(Key key) {
        return leaves.of(key).block(key).toFile().length();
    }

    /** How many bytes all files take, as far as is known. */
    public long bytes() {
        return room.bytes();
    }

    /** Says how many bytes all files take, when they were walked over. */
    public void counted(long bytes) {
        room.counted(bytes);
    }

    /**
     * Changes what is held, while nobody else does.
     *
     * @throws HeldFullException if that takes more room than there is; then what was held stays
     * @throws HeldTooLargeException if what was held cannot be read, or what is to be held could not; then it stays as well
     */
    public void change(Key key, Change change) throws IOException {
        Leaf leaf = leaves.of(key);
        try {
            changeIn(leaf, key, change);
        } catch (NoSuchFileException e) {
            leaves.forget(leaf); // its directory was removed behind our back
            changeIn(leaf, key, change);
        }
    }

    /** Walks over all keys. To be closed. */
    public HeldKeys keys() {
        return new HeldKeys(root);
    }

    private Optional<HeldBlock> read(Key key, Part part) throws IOException {
        Path file = leaves.of(key).block(key);
        if (!file.toFile().exists()) { // most often it is not there, and an exception costs more than this
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return HeldBlock.read(part.of(in));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void changeIn(Leaf leaf, Key key, Change change) throws IOException {
        leaves.prepare(leaf);
        try (var _ = locks.take(leaf)) {
            switch (change.of(read(key))) {
                case Next.Same() -> {}
                case Next.Write(HeldBlock block) -> {
                    byte[] bytes = block.bytes();
                    if (bytes.length > bytesMax) {
                        throw new HeldTooLargeException(leaf.block(key), bytesMax);
                    }
                    long more = bytes.length - bytes(key);
                    room.take(more);
                    try {
                        write(leaf, key, bytes);
                    } catch (IOException e) {
                        room.giveBack(more);
                        throw e;
                    }
                }
                case Next.Delete() -> {
                    long bytes = bytes(key);
                    if (disk.delete(leaf.block(key))) {
                        room.giveBack(bytes);
                    }
                }
            }
        }
    }

    private void write(Leaf leaf, Key key, byte[] bytes) throws IOException {
        Path temporary = leaves.temporary(leaf, key);
        try {
            try (DurableFile file = disk.create(temporary, Access.BY_UMASK)) {
                file.write(ByteBuffer.wrap(bytes));
            }
            disk.rename(temporary, leaf.block(key));
        } catch (IOException e) {
            try {
                disk.delete(temporary);
            } catch (IOException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    /** As much of a file as is wanted. */
    @FunctionalInterface
    private interface Part {
        byte[] of(InputStream in) throws IOException;
    }

    /** Decides what becomes of what is held. */
    @FunctionalInterface
    public interface Change {
        Next of(Optional<HeldBlock> held);
    }

    /** What becomes of what is held. */
    public sealed interface Next {
        record Same() implements Next {}

        record Write(HeldBlock block) implements Next {}

        record Delete() implements Next {}
    }
}
