package org.confmail.server.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.confmail.server.block.StoredHead;

/**
 * A stored file, open for reading. What is read is one version of the block, whatever is stored meanwhile, because a new
 * version is a new file. Belongs to one thread.
 */
public final class StoredFile implements Closeable {
    private final FileChannel channel;
    private final StoredHead head;
    private final byte[] first;
    private final long size;

    private StoredFile(FileChannel channel, StoredHead head, byte[] first, long size) {
        this.channel = channel;
        this.head = head;
        this.first = first;
        this.size = size;
    }

    /** Opens {@code file} and reads its head; empty where there is none. */
    static Optional<StoredFile> open(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            long size = channel.size();
            byte[] first = new byte[(int) Math.min(size, StoredHead.BYTES_MAX)];
            readFully(channel, 0, first, 0, first.length);
            return Optional.of(new StoredFile(channel, StoredHead.read(first, size), first, size));
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** As {@link #open}, for a file that is most likely not there: an exception costs more than all the rest. */
    static Optional<StoredFile> openIfThere(Path file) throws IOException {
        return file.toFile().exists() ? open(file) : Optional.empty();
    }

    /** What the beginning of the file says. */
    public StoredHead head() {
        return head;
    }

    /** The size of the file, in bytes. */
    public long size() {
        return size;
    }

    /**
     * Reads {@code length} bytes from {@code position} on.
     *
     * @throws IOException if the disk fails, or the file became shorter since it was opened (the old server writes in place)
     */
    public void read(long position, byte[] into, int offset, int length) throws IOException {
        int known = (int) Math.min(length, Math.max(0, first.length - position));
        if (known > 0) {
            System.arraycopy(first, (int) position, into, offset, known);
        }
        readFully(channel, position + known, into, offset + known, length - known);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static void readFully(FileChannel channel, long position, byte[] into, int offset, int length)
            throws IOException {
        int done = 0;
        while (done < length) {
            int count = channel.read(ByteBuffer.wrap(into, offset + done, length - done), position + done);
            if (count < 0) {
                throw new IOException("a stored file became shorter while it was read");
            }
            done += count;
        }
    }
}
