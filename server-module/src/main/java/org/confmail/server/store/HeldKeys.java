package org.confmail.server.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import org.confmail.server.block.Key;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the keys of all held blocks, leaf by leaf, in constant memory. At its end nothing is left open. What comes and goes meanwhile may be seen or not.
 * Files that are not named like a block of their leaf are passed over: temporary ones, the lock, the old server's node state.
 * Belongs to one thread at a time.
 */
public final class HeldKeys implements Closeable {
    private final Path root;
    private int nextLeaf;
    private @Nullable DirectoryStream<Path> leaf;
    private Iterator<Path> files = Collections.emptyIterator();

    HeldKeys(Path root) {
        this.root = root;
    }

    /** The next key, or empty after the last. A leaf that can't be read ends with an exception; the walk goes on behind it. */
    public Optional<Key> next() throws IOException {
        try {
            while (true) {
                while (files.hasNext()) {
                    Optional<Key> key = key(files.next());
                    if (key.isPresent()) {
                        return key;
                    }
                }
                if (nextLeaf == Leaf.COUNT) {
                    close(); // whoever walks to the end need not
                    return Optional.empty();
                }
                openNext();
            }
        } catch (DirectoryIteratorException e) {
            files = Collections.emptyIterator();
            throw e.getCause();
        }
    }

    /** A directory of the first level that is missing, as most are in a small store, spares its 256 leaves. */
    @SuppressWarnings("StreamResourceLeak") // closed before the next is opened, or with the walk
    private void openNext() throws IOException {
        close();
        String digits = String.format(Locale.ROOT, "%04X", nextLeaf);
        Path first = root.resolve(digits.substring(0, 2));
        if ((nextLeaf & 0xff) == 0 && !Files.isDirectory(first)) {
            nextLeaf += Leaf.FIRST_COUNT;
            return;
        }
        nextLeaf++;
        try {
            leaf = Files.newDirectoryStream(first.resolve(digits.substring(2)));
            files = leaf.iterator();
        } catch (NoSuchFileException | NotDirectoryException e) {
            leaf = null;
        }
    }

    private Optional<Key> key(Path file) {
        return Key.parse(String.valueOf(file.getFileName()))
                .filter(key -> Leaf.of(root, key).number() == nextLeaf - 1);
    }

    @Override
    public void close() throws IOException {
        files = Collections.emptyIterator();
        if (leaf != null) {
            leaf.close();
            leaf = null;
        }
    }
}
