package org.confmail.shared.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A config.txt on the disk, as it was when it was loaded. Immutable; saving gives the next one. Saving is atomic for readers
 * and for a crash, but two that save at the same time must be kept apart by whoever calls: the check for changes made by
 * others can't see one that comes between it and the rename.
 *
 * @param path as given; a symbolic link stays one, its target is replaced
 * @param document what was loaded
 */
public record ConfigFile(Path path, ConfigDocument document) {

    /**
     * Reads the file.
     *
     * @throws IOException when it can't be read, is no regular file, or is larger than {@link ConfigDocument#BYTES_MAX}; the
     *     message names the file
     */
    public static ConfigFile load(Path path) throws IOException {
        return new ConfigFile(path, read(path));
    }

    /**
     * Replaces the file's content, keeping its permissions, and its owner and group where this process may. The new content is
     * on the disk when this returns; whenever it fails the old content is there, and no temporary file is left.
     *
     * @return the file with {@code edited} as what was loaded
     * @throws ConfigChangedException when the file is no longer as it was loaded
     * @throws IOException when it can't be written
     */
    public ConfigFile save(ConfigDocument edited) throws IOException {
        if (!read(path).equals(document)) {
            throw new ConfigChangedException(path);
        }
        replace(path.toRealPath(), edited.bytes());
        return new ConfigFile(path, edited);
    }

    private static ConfigDocument read(Path path) throws IOException {
        if (Files.notExists(path)) {
            throw new NoSuchFileException(path.toString(), null, "does not exist");
        }
        if (!Files.isRegularFile(path)) {
            throw new IOException(path + ": is not a regular file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(ConfigDocument.BYTES_MAX + 1);
        }
        if (bytes.length > ConfigDocument.BYTES_MAX) {
            throw new IOException(
                    path + ": is larger than " + ConfigDocument.BYTES_MAX + " bytes, so it can't be a config.txt");
        }
        return ConfigDocument.parse(bytes);
    }

    /** Replaces an existing file that is no symbolic link. */
    static void replace(Path target, byte[] content) throws IOException {
        Path directory = target.toAbsolutePath().getParent();
        // Made readable for its owner only, because it may hold the replication key; only then opened as far as the old
        // one.
        Path temporary = Files.createTempFile(directory, target.getFileName() + ".", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                FileAccess.copy(target, temporary);
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            deleteAfter(e, temporary);
            throw e;
        }
        FileAccess.forceDirectory(directory);
    }

    private static void deleteAfter(Exception failure, Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
