package org.confmail.server.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What making a block durable costs alone: the operations on files and directories, and nothing else. */
final class FileWork {
    private final Path root;
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    FileWork(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** Writes, forces, renames, forces the directory; where that is new, makes it and forces the one above it. */
    void save(BenchBlock block) throws IOException {
        Path file = BenchHome.file(root, block.key());
        Path leaf = parent(file);
        if (!known.contains(leaf)) {
            makeDurable(parent(leaf), root);
            makeDurable(leaf, parent(leaf));
            known.add(leaf);
        }
        Path temporary = leaf.resolve(block.key() + ".tmp");
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(block.stored());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(leaf);
    }

    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void makeDurable(Path directory, Path above) throws IOException {
        try {
            Files.createDirectory(directory);
            force(above);
        } catch (FileAlreadyExistsException e) {
            // another thread makes it durable
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path.toString());
        }
        return parent;
    }
}
