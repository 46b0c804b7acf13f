package org.confmail.server.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A disk that fails when it is told to. It counts operations: create, append, write, force, rename, directory, lock, delete and
 * so on are one each; closing is none. To try each failure of a piece of work, let it run once, ask for {@link #operations},
 * and run it again with {@link #failAt} for every number from 1 to that. Any thread may use it.
 */
public final class FaultyDisk implements Disk {
    public static final String MESSAGE = "No space left on device";

    private final Disk disk;
    private final List<String> operations = new ArrayList<>();
    private int failFirst = Integer.MAX_VALUE;
    private int failLast = Integer.MIN_VALUE;
    private Optional<String> failed = Optional.empty();

    public FaultyDisk(Disk disk) {
        this.disk = disk;
    }

    /** The {@code number}-th operation from now on fails, and no other; the first is 1. Counting starts anew. */
    public synchronized void failAt(int number) {
        fail(number, number);
    }

    /** The {@code number}-th operation from now on fails, and so does all that follows. Counting starts anew. */
    public synchronized void failFrom(int number) {
        fail(number, Integer.MAX_VALUE);
    }

    /** Nothing fails any more. Counting starts anew. */
    public synchronized void heal() {
        fail(Integer.MAX_VALUE, Integer.MIN_VALUE);
    }

    /** What was tried since the last call that set a failure, in order: {@code rename /a/b}. */
    public synchronized List<String> operations() {
        return List.copyOf(operations);
    }

    /** The first operation that was made to fail since the last call that set a failure. */
    public synchronized Optional<String> failed() {
        return failed;
    }

    private void fail(int first, int last) {
        operations.clear();
        failFirst = first;
        failLast = last;
        failed = Optional.empty();
    }

    private synchronized boolean fails(String operation) {
        operations.add(operation);
        int number = operations.size();
        boolean fails = failFirst <= number && number <= failLast;
        if (fails && failed.isEmpty()) {
            failed = Optional.of(operation);
        }
        return fails;
    }

    private void pass(String operation, Path path) throws IOException {
        if (fails(operation + " " + path)) {
            throw new IOException(MESSAGE);
        }
    }

    @Override
    public DurableFile create(Path file, Access access) throws IOException {
        pass("create", file);
        return new FaultyFile(disk.create(file, access), file);
    }

    @Override
    public DurableFile append(Path file, Access access) throws IOException {
        pass("append", file);
        return new FaultyFile(disk.append(file, access), file);
    }

    @Override
    public void force(Path file) throws IOException {
        pass("force", file);
        disk.force(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        pass("rename", to);
        disk.rename(from, to);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        pass("force directory", directory);
        disk.forceDirectory(directory);
    }

    @Override
    public boolean createDirectory(Path directory, Access access) throws IOException {
        pass("create directory", directory);
        return disk.createDirectory(directory, access);
    }

    @Override
    public void restrict(Path directory) throws IOException {
        pass("restrict", directory);
        disk.restrict(directory);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        pass("delete", file);
        return disk.delete(file);
    }

    @Override
    public LockFile openLock(Path file, Access access) throws IOException {
        pass("open lock", file);
        return new FaultyLock(disk.openLock(file, access), file);
    }

    /** A lock on a file of this disk. */
    private final class FaultyLock implements LockFile {
        private final LockFile lock;
        private final Path path;

        FaultyLock(LockFile lock, Path path) {
            this.lock = lock;
            this.path = path;
        }

        @Override
        public boolean tryLock() throws IOException {
            pass("lock", path);
            return lock.tryLock();
        }

        @Override
        public void close() throws IOException {
            lock.close();
        }
    }

    /** A file on this disk. A write that fails leaves half of its bytes behind, as a full disk does. */
    private final class FaultyFile implements DurableFile {
        private final DurableFile file;
        private final Path path;

        FaultyFile(DurableFile file, Path path) {
            this.file = file;
            this.path = path;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            if (fails("write " + path)) {
                ByteBuffer half = bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2);
                file.write(half);
                throw new IOException(MESSAGE);
            }
            file.write(bytes);
        }

        @Override
        public void append(FileChannel source, long position, long count) throws IOException {
            if (fails("copy to " + path)) {
                file.append(source, position, count / 2);
                throw new IOException(MESSAGE);
            }
            file.append(source, position, count);
        }

        @Override
        public long size() throws IOException {
            pass("size of", path);
            return file.size();
        }

        @Override
        public void cut(long size) throws IOException {
            pass("cut", path);
            file.cut(size);
        }

        @Override
        public void modified(Instant time) throws IOException {
            pass("set time of", path);
            file.modified(time);
        }

        @Override
        public void force() throws IOException {
            pass("force", path);
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
