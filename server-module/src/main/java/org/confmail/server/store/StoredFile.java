package org.confmail.server.store;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32;
import org.confmail.server.block.StoredHead;
import org.jspecify.annotations.Nullable;

/**
 * A stored file, open for reading from its beginning to its end. What is read is one version of the block, whatever is stored
 * meanwhile. Belongs to one thread.
 *
 * <p>Why nothing torn is served. Servers like this one change a block by a new file under the same name, so that what is open
 * stays as it was. The existing server, with which a store may be shared, cuts the file and writes it anew in place, under the
 * lock of the leaf (PROTOCOL section 6). Readers take that lock only when they must:
 *
 * <ol>
 *   <li>A file that is {@linkplain SettledVersions settled} is not being written when it is opened.
 *   <li>Any other is opened under the lock, when nobody writes it. Texts of up to {@link #LOCKED_TEXT_BYTES_MAX} bytes are
 *       read to their end then. A larger file is opened a tick after it was written, so that each later write in place is sure
 *       to show in its {@link Version}.
 *   <li>After each reading, and before what was read is handed out, the version is looked at again. If it is the same, nobody
 *       had begun to write in place. If it is another one of the same file, reading fails; behind the beginning of an answer
 *       the connection is cut.
 *   <li>If another file has taken the name, whoever put it there held the lock, so that what is open here is whole and final.
 *       It may have been written in place just before. So what was handed out is compared with it, by checksum, and reading
 *       goes on if it is the same.
 *   <li>A small text that was read so is {@linkplain RecentTexts remembered}, and not read again while its version stands.
 *   <li>A process that was killed in the middle of a write leaves half a block. Of a data block the length tells, of a text the
 *       missing end of its last line, as far as anything can.
 * </ol>
 *
 * <p>This needs a file system whose clients all see the same times: a local one, not a network mount with cached attributes.
 */
public final class StoredFile implements Closeable {
    /** So large is the largest text that is posted at once; larger mailboxes are read on without the lock. */
    static final int LOCKED_TEXT_BYTES_MAX = 1 << 20;

    /** Left by a process that was killed while it wrote the text. */
    private static final StoredHead CUT_OFF = new StoredHead.Unreadable("text that ends within a line");

    private static final int COMPARED_BYTES = 64 * 1024;

    private final Path path;
    private final StoredStart start;
    /** Null where the start is all that there is. */
    private final @Nullable FileChannel channel;

    private final CRC32 handedOut = new CRC32();
    private long position;
    /** Whether another file has taken the name, so that this one cannot change any more. */
    private boolean last;

    private StoredFile(Path path, StoredStart start, @Nullable FileChannel channel) {
        this.path = path;
        this.start = start;
        this.channel = channel;
    }

    /** A file of which all bytes are known already. */
    StoredFile(Path path, StoredStart whole) {
        this(path, whole, null);
    }

    /**
     * Opens {@code file} and reads its head.
     *
     * @param version that of the file a moment ago; settled, so that nobody was writing it in place
     * @throws NoSuchFileException if it has gone
     * @throws UnsettledException if it was written meanwhile
     */
    static StoredFile open(Path file, Version version) throws IOException {
        return open(file, version, 0);
    }

    /** As {@link #open}, for a thread that holds the lock of the leaf, or made the file; empty where there is none. */
    static Optional<StoredFile> openLocked(Path file) throws IOException {
        return openLocked(file, 0);
    }

    /** As {@link #openLocked}, for a file that is most likely not there: an exception costs more than all the rest. */
    static Optional<StoredFile> openLockedIfThere(Path file) throws IOException {
        return file.toFile().exists() ? openLocked(file) : Optional.empty();
    }

    /** As {@link #openLocked}, for reading when the lock is no longer held. */
    static Optional<StoredFile> openToReadOn(Path file) throws IOException {
        return openLocked(file, LOCKED_TEXT_BYTES_MAX);
    }

    private static Optional<StoredFile> openLocked(Path path, int wholeTextBytesMax) throws IOException {
        try {
            return Optional.of(open(path, Version.of(path), wholeTextBytesMax));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static StoredFile open(Path path, Version version, int wholeTextBytesMax) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            StoredStart start = start(channel, version, wholeTextBytesMax);
            if (!version.equals(current(path))) {
                throw new UnsettledException(path + " was written while it was opened");
            }
            if (!start.isWhole()) {
                return new StoredFile(path, start, channel);
            }
            channel.close();
            return new StoredFile(path, start);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static StoredStart start(FileChannel channel, Version version, int wholeTextBytesMax) throws IOException {
        byte[] first = first(channel, Math.min(version.size(), StoredHead.BYTES_MAX));
        StoredHead head = StoredHead.read(first, version.size());
        if (head instanceof StoredHead.Text) {
            if (first.length < version.size() && version.size() <= wholeTextBytesMax) {
                first = first(channel, version.size());
            }
            head = endsWithALine(channel, version.size(), first) ? head : CUT_OFF;
        }
        return new StoredStart(version, first, head);
    }

    private static byte[] first(FileChannel channel, long count) throws IOException {
        byte[] first = new byte[(int) count];
        readFully(channel, 0, first, 0, first.length);
        return first;
    }

    private static boolean endsWithALine(FileChannel channel, long size, byte[] first) throws IOException {
        byte[] end = {first[first.length - 1]};
        if (first.length < size) {
            readFully(channel, size - 1, end, 0, 1);
        }
        return end[0] == '\n';
    }

    Version version() {
        return start.version();
    }

    /** What was read when it was opened. */
    StoredStart start() {
        return start;
    }

    /** Whether not all of what can be served is in memory. */
    boolean isToBeReadOn() {
        boolean served = head() instanceof StoredHead.Text || head() instanceof StoredHead.Data;
        return served && !start.isWhole();
    }

    /** What the beginning of the file says. */
    public StoredHead head() {
        return start.head();
    }

    /** The size of the file, in bytes. */
    public long size() {
        return version().size();
    }

    /**
     * Reads the {@code length} bytes from {@code from} on, which is where the last reading ended, or 0.
     *
     * @throws IOException if the disk fails, or the file is being written in place: what was read is not to be used
     */
    public void read(long from, byte[] into, int offset, int length) throws IOException {
        if (from != position) {
            throw new IllegalArgumentException("read up to " + position + ", asked for " + from);
        }
        byte[] first = start.first();
        int known = (int) Math.min(length, Math.max(0, first.length - position));
        if (known > 0) {
            System.arraycopy(first, (int) position, into, offset, known);
        }
        if (channel != null) {
            readOn(channel, known, into, offset, length);
        } else if (known < length) {
            throw new EOFException("read beyond the end of " + path);
        }
        position += length;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private void readOn(FileChannel channel, int known, byte[] into, int offset, int length) throws IOException {
        readFully(channel, position + known, into, offset + known, length - known);
        handedOut.update(into, offset, length);
        if (known < length) {
            requireOneVersion(channel, position + length);
        }
    }

    private void requireOneVersion(FileChannel channel, long read) throws IOException {
        Version version = version();
        if (last || version.file() == null) {
            return;
        }
        Version current = current(path);
        if (version.equals(current)) {
            return;
        }
        if ((current != null && version.isSameFile(current)) || !isAsHandedOut(channel, read)) {
            throw new IOException("another server wrote " + path + " in place while it was read");
        }
        last = true;
    }

    private boolean isAsHandedOut(FileChannel channel, long read) throws IOException {
        if (channel.size() != size()) {
            return false;
        }
        CRC32 now = new CRC32();
        byte[] piece = new byte[(int) Math.min(read, COMPARED_BYTES)];
        long compared = 0;
        while (compared < read) {
            int count = (int) Math.min(piece.length, read - compared);
            readFully(channel, compared, piece, 0, count);
            now.update(piece, 0, count);
            compared += count;
        }
        return now.getValue() == handedOut.getValue();
    }

    private static @Nullable Version current(Path path) throws IOException {
        try {
            return Version.of(path);
        } catch (NoSuchFileException e) {
            return null; // pruned
        }
    }

    private static void readFully(FileChannel channel, long position, byte[] into, int offset, int length)
            throws IOException {
        int done = 0;
        while (done < length) {
            int count = channel.read(ByteBuffer.wrap(into, offset + done, length - done), position + done);
            if (count < 0) {
                throw new UnsettledException("a stored file became shorter while it was read");
            }
            done += count;
        }
    }
}
