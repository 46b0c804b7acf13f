package org.confmail.server.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;

/** The real disk. */
public final class FileDisk implements Disk {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final FileAttribute<?>[] BY_UMASK = {};
    private static final FileAttribute<?>[] OWNER_FILE = permissions("rw-------");
    private static final FileAttribute<?>[] OWNER_DIRECTORY = permissions("rwx------");
    private static final Set<OpenOption> CREATE = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    private static final Set<OpenOption> APPEND =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
    private static final Set<OpenOption> LOCK = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE);

    private static FileAttribute<?>[] permissions(String text) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : BY_UMASK;
    }

    private static FileAttribute<?>[] file(Access access) {
        return access == Access.OWNER_ONLY ? OWNER_FILE : BY_UMASK;
    }

    @Override
    public DurableFile create(Path file, Access access) throws IOException {
        return new ChannelFile(FileChannel.open(file, CREATE, file(access)), file);
    }

    @Override
    public DurableFile append(Path file, Access access) throws IOException {
        return new ChannelFile(FileChannel.open(file, APPEND, file(access)), file);
    }

    @Override
    public void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        if (!POSIX) {
            return; // Windows has no such call; its file systems order names by their own journal
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public boolean createDirectory(Path directory, Access access) throws IOException {
        try {
            Files.createDirectory(directory, access == Access.OWNER_ONLY ? OWNER_DIRECTORY : BY_UMASK);
            return true;
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(directory)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void restrict(Path directory) throws IOException {
        if (POSIX) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }

    @Override
    public LockFile openLock(Path file, Access access) throws IOException {
        return new ChannelLock(FileChannel.open(file, LOCK, file(access)));
    }

    /** A file to be locked, behind a channel; closing the channel releases the lock. */
    private record ChannelLock(FileChannel channel) implements LockFile {
        @Override
        public boolean tryLock() throws IOException {
            return channel.tryLock() != null;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** A file behind a channel. */
    private record ChannelFile(FileChannel channel, Path path) implements DurableFile {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void append(FileChannel source, long position, long count) throws IOException {
            long done = 0;
            while (done < count) {
                long moved = source.transferTo(position + done, count - done, channel);
                if (moved <= 0) {
                    throw new EOFException(path + ": only " + done + " of " + count + " bytes were there to be copied");
                }
                done += moved;
            }
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void cut(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void modified(Instant time) throws IOException {
            FileTimes.modified(path, time);
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
