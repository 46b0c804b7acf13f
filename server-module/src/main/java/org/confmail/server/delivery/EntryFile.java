package org.confmail.server.delivery;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.confmail.server.block.BlockType;
import org.confmail.server.block.DataLine;
import org.confmail.server.block.PostToLine;
import org.confmail.server.block.Stamp;
import org.confmail.server.block.StoredHead;
import org.confmail.server.delivery.peer.OutgoingBlock;

/**
 * An entry's file, open for reading. Only as much is read as is needed to tell what it is; the bytes of a data block never are.
 * What is read stays the same whatever becomes of the file's name. Belongs to one thread.
 */
final class EntryFile implements Closeable {
    /** Most files are shorter, and most heads by far. */
    private static final int FIRST_BYTES = 8 * 1024;
    /** By so much a data block is told from a text block; no longer header is accepted. */
    private static final int HEAD_BYTES_MAX = QueueEntry.BYTES_MAX + StoredHead.BYTES_MAX;
    /** No server accepted a longer text; it is read into memory. */
    private static final int TEXT_BYTES_MAX = 32 << 20;

    private static final String DATE = "Date: ";
    private static final String TYPE = "Type: ";

    private final FileChannel channel;
    private final long size;
    private byte[] first;
    private QueueEntry entry;
    private Body body;

    /** Where the block lies in the file. */
    private sealed interface Body {
        record None() implements Body {}

        /** @param certain whether what was read tells that it is no data block */
        record Text(int offset, boolean certain, Optional<Instant> date) implements Body {}

        /** @param dataLine where the Data line begins */
        record Data(int offset, int dataLine, int dataOffset, long length, Optional<Instant> date) implements Body {}
    }

    private EntryFile(FileChannel channel) throws IOException, DamagedEntry {
        this.channel = channel;
        this.size = channel.size();
        this.first = read(0, (int) Math.min(size, FIRST_BYTES));
        QueueEntry.Read head = QueueEntry.read(latin1(first, 0, Math.min(first.length, QueueEntry.BYTES_MAX)));
        this.entry = head.entry();
        this.body = body(head.bytes());
        if (body instanceof Body.Text text && !text.certain() && first.length < size) {
            this.first = read(0, (int) Math.min(size, HEAD_BYTES_MAX));
            this.body = body(head.bytes());
        }
        if (body instanceof Body.Text && size > TEXT_BYTES_MAX) {
            throw new DamagedEntry("it is a text of " + size + " bytes");
        }
    }

    /**
     * Opens a file.
     *
     * @throws java.nio.file.NoSuchFileException where there is none
     * @throws DamagedEntry where it is no entry, or less than one
     */
    static EntryFile open(Path file) throws IOException, DamagedEntry {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new EntryFile(channel);
        } catch (IOException | DamagedEntry | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** The size of the file, in bytes. */
    long size() {
        return size;
    }

    /** What the leading lines say. */
    QueueEntry entry() {
        return entry;
    }

    Lane lane() {
        return switch (body) {
            case Body.None _ -> Lane.ACCOUNT;
            case Body.Data _ -> Lane.DATA;
            case Body.Text _ -> Lane.TEXT;
        };
    }

    /** The block's first Date, where that is a stamp. */
    Optional<Instant> date() {
        return switch (body) {
            case Body.None _ -> Optional.empty();
            case Body.Text text -> text.date();
            case Body.Data data -> data.date();
        };
    }

    /** The lines of the block: a text block whole, the header of a data block up to its Data line; empty without a block. */
    byte[] lines() throws IOException {
        return switch (body) {
            case Body.None _ -> new byte[0];
            case Body.Data data -> Arrays.copyOfRange(first, data.offset(), data.dataLine());
            case Body.Text text -> {
                if (first.length < size) {
                    first = read(0, (int) size);
                }
                yield Arrays.copyOfRange(first, text.offset(), first.length);
            }
        };
    }

    /**
     * The block as it is sent, with these lines.
     *
     * @throws DamagedEntry where nothing is left to be sent; old servers never answer an empty block
     */
    OutgoingBlock outgoing(byte[] lines) throws DamagedEntry {
        byte[] sent = ended(PostToLine.strip(lines));
        if (sent.length == 0 && body instanceof Body.Text) {
            throw new DamagedEntry("its block is empty");
        }
        return body instanceof Body.Data data
                ? new OutgoingBlock.Data(sent, channel, data.dataOffset(), data.length())
                : new OutgoingBlock.Text(sent);
    }

    /** The file, for a copy of its end. */
    FileChannel channel() {
        return channel;
    }

    /** Where the lines of {@link #lines} end in the file. */
    long linesEnd() {
        return body instanceof Body.Data data ? data.dataLine() : size;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private Body body(int offset) throws DamagedEntry {
        if (entry instanceof QueueEntry.AccountChange) {
            return new Body.None();
        }
        String text = latin1(first, 0, first.length);
        Optional<Instant> date = Optional.empty();
        boolean dated = false;
        boolean isText = false;
        int start = offset;
        while (start < text.length() && !(isText && dated)) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                break;
            }
            String line = text.substring(start, end);
            OptionalLong length = DataLine.length(line);
            if (length.isPresent()) {
                return data(offset, start, end + 1, length.getAsLong(), date);
            }
            if (!dated && line.regionMatches(true, 0, DATE, 0, DATE.length())) {
                dated = true;
                date = Stamp.parse(line.substring(DATE.length()));
            }
            isText |= line.regionMatches(true, 0, TYPE, 0, TYPE.length()) && namesText(line.substring(TYPE.length()));
            start = end + 1;
        }
        return new Body.Text(offset, isText, date);
    }

    private static byte[] ended(byte[] lines) {
        if (lines.length == 0 || lines[lines.length - 1] == '\n') {
            return lines;
        }
        byte[] ended = Arrays.copyOf(lines, lines.length + 1);
        ended[lines.length] = '\n';
        return ended;
    }

    private static boolean namesText(String type) {
        return BlockType.named(type).filter(named -> named != BlockType.DATA).isPresent();
    }

    private Body data(int offset, int dataLine, int dataOffset, long length, Optional<Instant> date)
            throws DamagedEntry {
        if (length < 1 || size - dataOffset != length) {
            throw new DamagedEntry((size - dataOffset) + " of " + length + " bytes of data are there");
        }
        return new Body.Data(offset, dataLine, dataOffset, length, date);
    }

    private byte[] read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("it became shorter while it was read");
            }
        }
        return bytes.array();
    }

    private static String latin1(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
