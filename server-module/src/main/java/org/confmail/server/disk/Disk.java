package org.confmail.server.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The durable file operations that the server is made of. Every change to a file of the home or of a store goes through here,
 * so that a test can fail, or forget, each operation in turn. Reading needs no disk.
 *
 * <p>After {@link DurableFile#force} a file's content survives power loss; after {@link #forceDirectory} its name does. A
 * {@link #rename} alone promises neither.
 */
public interface Disk {

    /**
     * Creates a file for writing.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one of that name
     */
    DurableFile create(Path file, Access access) throws IOException;

    /** Opens a file for appending; makes it when it is absent. */
    DurableFile append(Path file, Access access) throws IOException;

    /** Makes the content of a file durable that somebody else may have written, and not forced. */
    void force(Path file) throws IOException;

    /** Renames within a file system, atomically, replacing what {@code to} named. */
    void rename(Path from, Path to) throws IOException;

    /** Makes the names in a directory durable. Does nothing on file systems that cannot. */
    void forceDirectory(Path directory) throws IOException;

    /** Makes a directory whose parent exists. Does nothing when it is there already. Returns whether it made one. */
    boolean createDirectory(Path directory, Access access) throws IOException;

    /** Lets the owner alone into a directory that exists. Does nothing on file systems without such permissions. */
    void restrict(Path directory) throws IOException;

    /** Deletes a file; returns false when there was none. */
    boolean delete(Path file) throws IOException;

    /**
     * Opens {@code file}, made when absent, to take the exclusive POSIX lock over the whole of it. The caller makes sure that this
     * process does not have it open already, and that nothing else ever opens it: closing any channel on it drops the lock (POSIX).
     */
    LockFile openLock(Path file, Access access) throws IOException;

    /** Opens {@code file} as {@link #openLock} does and takes its lock, or returns empty at once when another process holds it. */
    default Optional<HeldLock> tryLock(Path file, Access access) throws IOException {
        LockFile lock = openLock(file, access);
        boolean locked = false;
        try {
            locked = lock.tryLock();
        } finally {
            if (!locked) {
                lock.close();
            }
        }
        return locked ? Optional.of(lock) : Optional.empty();
    }

    /**
     * Puts {@code content} in the place of {@code target}: written to {@code temporary} beside it, forced, renamed, and the
     * directory forced. Either the old or the new content is there at any time. A temporary file that is in the way is a
     * left-over and is removed; so is ours when an operation fails.
     */
    default void replace(Path target, Path temporary, byte[] content, Access access) throws IOException {
        delete(temporary);
        try (DurableFile file = create(temporary, access)) {
            file.write(ByteBuffer.wrap(content));
            file.force();
        } catch (IOException e) {
            deleteAfter(e, temporary);
            throw e;
        }
        try {
            rename(temporary, target);
        } catch (IOException e) {
            deleteAfter(e, temporary);
            throw e;
        }
        forceDirectory(parent(target));
    }

    private void deleteAfter(IOException failure, Path file) {
        try {
            delete(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }

    /** Who may read what is made: the owner alone, or whoever the process's umask lets in. */
    enum Access {
        OWNER_ONLY,
        BY_UMASK
    }

    /** A lock on a file, held until closed. */
    interface HeldLock extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** A file that is there to be locked. Closing it gives the lock up. */
    interface LockFile extends HeldLock {
        /** Takes the lock, or returns false at once when another process holds it. */
        boolean tryLock() throws IOException;
    }
}
