package org.confmail.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.confmail.server.block.Key;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.disk.DurableFile;
import org.confmail.server.store.LeafLocks.Held;
import org.confmail.server.time.Ticker;

/**
 * A store as upkeep sees it: all of its blocks, leaf by leaf, with the names of one leaf in memory at a time.
 *
 * <p>A block is looked at without a lock, because most of them stay as they are. One that seems to be due is read again, decided
 * upon, and deleted or written anew under the lock of its leaf, as by any writer of the store. So what is stored meanwhile, by
 * this server or another, is never lost.
 */
public final class StoreUpkeep {
    /** So many blocks are settled before the lock is given back: writers wait behind it, and few take longer than a rename. */
    private static final int SETTLED_AT_ONCE_MAX = 16;

    private static final Pattern PART_OF_A_KEY = Pattern.compile("[0-9A-F]{2}");

    private final Path root;
    private final StoreKind kind;
    private final Disk disk;
    private final LeafLocks locks;
    private final Leaves leaves;
    private final InstantSource clock;

    StoreUpkeep(Path root, StoreKind kind, Disk disk, LeafLocks locks, Leaves leaves, InstantSource clock) {
        this.root = root;
        this.kind = kind;
        this.disk = disk;
        this.locks = locks;
        this.leaves = leaves;
        this.clock = clock;
    }

    /**
     * The upkeep of a store that this process does not use otherwise: a leaf has one lock in a process, and whoever else writes
     * here hands out his own ({@link BlockStore#upkeep}, {@link HeldStore#upkeep}).
     *
     * @param id names temporary files; 8 hexadecimal digits that no running server has
     */
    public static StoreUpkeep of(Path root, StoreKind kind, Disk disk, String id, InstantSource clock, Ticker ticker) {
        LeafLocks locks = new LeafLocks(disk, ticker);
        return new StoreUpkeep(root, kind, disk, locks, new Leaves(root, disk, locks, id, clock), clock);
    }

    public Path root() {
        return root;
    }

    public StoreKind kind() {
        return kind;
    }

    /**
     * Walks over the whole store, or until the visitor does not go on.
     *
     * @param simulate whether to change nothing, and still to call the visitor as if everything were done
     * @throws IOException if the root cannot be read; what happens to single files is told to the visitor
     */
    public void walk(Visitor visitor, boolean simulate) throws IOException {
        if (!Files.isReadable(root) || !Files.isDirectory(root)) {
            throw new IOException("the directory " + root + " cannot be read");
        }
        for (int first = 0; first < Leaf.FIRST_COUNT; first++) {
            Path directory = root.resolve(String.format(Locale.ROOT, "%02X", first));
            for (String name : names(directory, visitor)) {
                if (!visitor.goesOn()) {
                    return;
                }
                if (PART_OF_A_KEY.matcher(name).matches()) {
                    int number = first << 8 | Integer.parseInt(name, 16);
                    walk(new Leaf(directory, directory.resolve(name), number), visitor, simulate);
                }
            }
            visitor.reached((first + 1) << 8);
        }
    }

    private static List<String> names(Path directory, Visitor visitor) {
        String[] names = directory.toFile().list();
        if (names == null) {
            if (Files.isDirectory(directory)) {
                visitor.failed(directory, new IOException("the directory cannot be listed"));
            }
            return List.of();
        }
        Arrays.sort(names);
        return Arrays.asList(names);
    }

    private void walk(Leaf leaf, Visitor visitor, boolean simulate) {
        List<Key> due = new ArrayList<>();
        for (String name : names(leaf.directory(), visitor)) {
            if (!visitor.goesOn()) {
                break;
            }
            Optional<Key> key = Key.parse(name).filter(parsed -> isHere(parsed, name, leaf));
            try {
                if (key.isEmpty()) {
                    removeIfLeftOver(leaf.directory().resolve(name), visitor, simulate);
                } else if (seemsDue(leaf, key.get(), visitor)) {
                    due.add(key.get());
                }
            } catch (IOException e) {
                visitor.failed(leaf.directory().resolve(name), e);
            }
        }
        for (int from = 0; from < due.size(); from += SETTLED_AT_ONCE_MAX) {
            settle(leaf, due.subList(from, Math.min(due.size(), from + SETTLED_AT_ONCE_MAX)), visitor, simulate);
        }
        visitor.reached(leaf.number());
    }

    private static boolean isHere(Key key, String name, Leaf leaf) {
        return key.toString().equals(name) && (key.at(0) << 8 | key.at(1)) == leaf.number();
    }

    private void removeIfLeftOver(Path file, Visitor visitor, boolean simulate) throws IOException {
        if (leaves.isLeftOver(file)) {
            long bytes = Files.size(file);
            if (simulate || disk.delete(file)) {
                visitor.removedLeftOver(bytes);
            }
        }
    }

    private boolean seemsDue(Leaf leaf, Key key, Visitor visitor) throws IOException {
        Optional<FoundBlock> found = FoundBlock.open(leaf.block(key), key, kind);
        if (found.isEmpty()) {
            return false;
        }
        try (FoundBlock block = found.get()) {
            return visitor.seemsDue(block);
        }
    }

    private void settle(Leaf leaf, List<Key> due, Visitor visitor, boolean simulate) {
        try (Held _ = simulate ? () -> {} : locks.take(leaf)) {
            for (Key key : due) {
                try {
                    settle(leaf, key, visitor, simulate);
                } catch (IOException e) {
                    visitor.failed(leaf.block(key), e);
                }
            }
        } catch (IOException e) {
            due.forEach(key -> visitor.failed(leaf.block(key), e));
        }
    }

    private void settle(Leaf leaf, Key key, Visitor visitor, boolean simulate) throws IOException {
        Optional<FoundBlock> found = FoundBlock.open(leaf.block(key), key, kind);
        if (found.isEmpty()) {
            return; // whoever deleted it held the lock before
        }
        try (FoundBlock block = found.get()) {
            Fate fate = visitor.decide(block);
            if (!simulate) {
                switch (fate) {
                    case Fate.Stays() -> {}
                    case Fate.Goes() -> disk.delete(leaf.block(key));
                    case Fate.Shrinks shrinks -> shrink(leaf, block, shrinks);
                }
            }
            visitor.settled(block, fate);
        }
    }

    private void shrink(Leaf leaf, FoundBlock block, Fate.Shrinks shrinks) throws IOException {
        Path temporary = leaves.temporary(leaf, block.key());
        try {
            try (DurableFile file = disk.create(temporary, Access.BY_UMASK)) {
                write(file, block, shrinks);
                Version.seal(file, clock.instant());
                file.force();
            }
            disk.rename(temporary, leaf.block(block.key()));
        } catch (IOException e) {
            try {
                disk.delete(temporary);
            } catch (IOException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
        disk.forceDirectory(leaf.directory());
    }

    private static void write(DurableFile file, FoundBlock block, Fate.Shrinks shrinks) throws IOException {
        byte[] lines = block.nodeLines().before(shrinks.bytes());
        if (lines.length > 0) {
            file.write(ByteBuffer.wrap(lines));
        }
        byte[] separator = shrinks.separator().getBytes(StandardCharsets.US_ASCII);
        boolean first = true;
        for (Fate.Span span : shrinks.kept()) {
            if (!first) {
                file.write(ByteBuffer.wrap(separator));
            }
            first = false;
            file.append(block.channel(), block.nodeLines().bytes() + span.from(), span.to() - span.from());
        }
    }

    /** Who looks at the blocks and decides about them. Called in the walker's thread. */
    public interface Visitor {
        /** Asked before each leaf and each file. */
        boolean goesOn();

        /** Whether a block may have to be changed. Called without a lock: the block may be half written. */
        boolean seemsDue(FoundBlock block) throws IOException;

        /** What becomes of a block that seemed to be due. Called under the lock of its leaf. */
        Fate decide(FoundBlock block) throws IOException;

        /** That came of it; its file is still open. Called under the lock of its leaf. */
        void settled(FoundBlock block, Fate fate) throws IOException;

        /** A temporary file of so many bytes, which an interrupted write had left over, is gone. */
        void removedLeftOver(long bytes);

        /** Nothing was done about a file or directory, because of {@code why}. */
        void failed(Path file, IOException why);

        /** The walk has come to this leaf, of 65536. */
        void reached(int leaf);
    }
}
