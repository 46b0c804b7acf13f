package org.confmail.server.admin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;

/**
 * The files of a log, opened one behind the other as if they were one. Positions count from the beginning of the oldest. They stay
 * as they are while the files are open, whatever becomes of the files' names. For longer than that there are names of positions,
 * which hold a file's own mark, since the present file becomes an old one some day, and the oldest is deleted.
 */
final class OpenLogs implements AutoCloseable {
    /** The log may go on in a new file just now, but hardly so often. */
    private static final int ATTEMPTS_MAX = 10;

    /** The time of a first line makes its file unlike any other; the beginning of its text does no harm. */
    private static final int MARK_BYTES_MAX = 200;

    /** What any line of ours is longer than: an empty one may stand before the first. */
    private static final int LINE_BYTES_MIN = 24;

    private static final int HEXADECIMAL = 16;

    private final List<FileChannel> channels;
    private final long[] starts; // of the files, and of what comes behind the last

    private OpenLogs(List<FileChannel> channels) throws IOException {
        this.channels = channels;
        this.starts = new long[channels.size() + 1];
        for (int i = 0; i < channels.size(); i++) {
            starts[i + 1] = starts[i] + channels.get(i).size();
        }
    }

    /** Lists all files of a log, the oldest first. */
    interface Listing {
        List<Path> files() throws IOException;
    }

    /**
     * Opens the files.
     *
     * @throws IOException also where they change all the time
     */
    static OpenLogs open(Listing listing) throws IOException {
        List<Path> files = listing.files();
        for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            Optional<OpenLogs> opened = open(files);
            List<Path> now = List.of();
            try {
                now = listing.files();
                if (opened.isPresent() && now.equals(files)) {
                    return opened.get();
                }
            } finally {
                if (opened.isPresent() && !now.equals(files)) {
                    opened.get().close();
                }
            }
            files = now;
        }
        throw new IOException("the log files are replaced faster than they can be opened");
    }

    /** Empty = one of them was gone. */
    private static Optional<OpenLogs> open(List<Path> files) throws IOException {
        List<FileChannel> channels = new ArrayList<>();
        try {
            for (Path file : files) {
                channels.add(FileChannel.open(file, StandardOpenOption.READ));
            }
            return Optional.of(new OpenLogs(channels));
        } catch (NoSuchFileException e) {
            close(channels);
            return Optional.empty();
        } catch (IOException e) {
            close(channels);
            throw e;
        }
    }

    /** How many bytes there were when the files were opened. */
    long size() {
        return starts[channels.size()];
    }

    /** The bytes between two positions; fewer where a file has become shorter. */
    byte[] read(long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, to - from));
        for (int i = 0; i < channels.size() && bytes.hasRemaining(); i++) {
            long position = from + bytes.position();
            if (position >= starts[i] && position < starts[i + 1]) {
                int rest = (int) Math.min(bytes.remaining(), starts[i + 1] - position);
                ByteBuffer part = bytes.slice(bytes.position(), rest);
                fill(part, channels.get(i), position - starts[i]);
                bytes.position(bytes.position() + part.position());
                if (part.hasRemaining()) {
                    break;
                }
            }
        }
        byte[] read = new byte[bytes.position()];
        bytes.flip().get(read);
        return read;
    }

    private static void fill(ByteBuffer bytes, FileChannel channel, long offset) throws IOException {
        while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
            // until it is full, or the file has become shorter
        }
    }

    /** The name of a position, for a later request. */
    String name(long position) throws IOException {
        int file = 0;
        while (file + 1 < channels.size() && starts[file + 1] < position) {
            file++;
        }
        return Long.toString(mark(file), HEXADECIMAL) + "-" + (position - starts[file]);
    }

    /**
     * The position of a name.
     *
     * @throws AdminException when it is none, or its file is no longer there
     */
    long position(String name) throws AdminException, IOException {
        long mark;
        long offset;
        try {
            int dash = name.indexOf('-');
            mark = Long.parseLong(name.substring(0, Math.max(0, dash)), HEXADECIMAL);
            offset = Long.parseLong(name.substring(dash + 1));
        } catch (NumberFormatException e) {
            throw new AdminException(
                    AdminError.WRONG_PARAMS, "'older' and 'newer' take what a page gave under these names", e);
        }
        if (mark == 0 && offset == 0) {
            return 0; // the log was empty
        }
        for (int i = 0; i < channels.size(); i++) {
            if (mark == mark(i) && offset >= 0 && offset <= starts[i + 1] - starts[i]) {
                return starts[i] + offset;
            }
        }
        throw new AdminException(
                AdminError.CONFLICT, "the log file of that page is no longer there: begin anew, from a time");
    }

    /** Of the file's first line; 0 where it has none. */
    private long mark(int file) throws IOException {
        byte[] beginning = read(starts[file], Math.min(starts[file + 1], starts[file] + MARK_BYTES_MAX));
        int length = LINE_BYTES_MIN;
        while (length < beginning.length && beginning[length] != '\n') {
            length++;
        }
        if (length >= beginning.length && beginning.length < MARK_BYTES_MAX) {
            return 0; // still being written
        }
        CRC32 sum = new CRC32();
        sum.update(beginning, 0, length);
        return sum.getValue();
    }

    @Override
    public void close() throws IOException {
        close(channels);
    }

    private static void close(List<FileChannel> channels) throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
    }
}
