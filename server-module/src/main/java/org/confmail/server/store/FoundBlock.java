package org.confmail.server.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.confmail.server.block.EntryScanner;
import org.confmail.server.block.Key;
import org.confmail.server.block.StoredHead;
import org.confmail.server.block.StoredLabel;

/**
 * A block that upkeep has come upon, open for reading. Of most blocks the first few kilobytes are all that is read. Belongs to one
 * thread.
 */
public final class FoundBlock implements Closeable {
    /** Shows the label of every block that this server stores, but for some that were made to be odd. */
    private static final int FIRST_BYTES = 2048;

    private static final int PIECE_BYTES = 64 * 1024;

    private final Key key;
    private final FileChannel channel;
    private final long size;
    private final NodeLines nodeLines;
    private final StoredLabel label;
    private final byte[] first;

    private FoundBlock(Key key, FileChannel channel, long size, byte[] first, NodeLines nodeLines, StoredLabel label) {
        this.key = key;
        this.channel = channel;
        this.size = size;
        this.first = first;
        this.nodeLines = nodeLines;
        this.label = label;
    }

    /** Opens the block's file; empty where there is none any more. */
    static Optional<FoundBlock> open(Path file, Key key, StoreKind kind) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(channel, key, kind));
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static FoundBlock read(FileChannel channel, Key key, StoreKind kind) throws IOException {
        long size = channel.size();
        byte[] first = beginning(channel, Math.min(size, FIRST_BYTES));
        Optional<NodeLines> lines = kind == StoreKind.LOCAL ? Optional.of(NodeLines.NONE) : NodeLines.read(first);
        if (lines.isEmpty()) {
            return new FoundBlock(key, channel, size, first, NodeLines.NONE, StoredLabel.NONE);
        }
        int start = lines.get().bytes();
        StoredLabel label = label(first, start, size);
        if (!label.certain() && first.length < size) {
            label = label(beginning(channel, Math.min(size, (long) start + StoredHead.BYTES_MAX)), start, size);
        }
        return new FoundBlock(key, channel, size, first, lines.get(), label);
    }

    private static StoredLabel label(byte[] first, int start, long size) {
        byte[] block = start == 0 ? first : Arrays.copyOfRange(first, start, first.length);
        return StoredLabel.read(block, size - start);
    }

    private static byte[] beginning(FileChannel channel, long length) throws IOException {
        byte[] bytes = new byte[(int) length];
        int done = 0;
        while (done < bytes.length) {
            int count = channel.read(ByteBuffer.wrap(bytes, done, bytes.length - done), done);
            if (count < 0) {
                return Arrays.copyOf(bytes, done); // the old server is writing it in place
            }
            done += count;
        }
        return bytes;
    }

    public Key key() {
        return key;
    }

    /** The size of the file, in bytes. */
    public long fileBytes() {
        return size;
    }

    /** How many bytes the file will have when the block has become smaller. */
    public long fileBytesAfter(Fate.Shrinks shrinks) {
        return nodeLines.before(shrinks.bytes()).length + shrinks.bytes();
    }

    /** Type and date. */
    public StoredLabel label() {
        return label;
    }

    /** Feeds the whole block to {@code scanner} and ends it. Offsets in what it finds count from the start of the block. */
    public void scan(EntryScanner scanner) throws IOException {
        scanner.feed(first, nodeLines.bytes(), first.length - nodeLines.bytes());
        long at = first.length;
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, size - at)];
        while (at < size) {
            int count = channel.read(ByteBuffer.wrap(piece, 0, (int) Math.min(piece.length, size - at)), at);
            if (count < 0) {
                break;
            }
            scanner.feed(piece, 0, count);
            at += count;
        }
        scanner.end();
    }

    FileChannel channel() {
        return channel;
    }

    NodeLines nodeLines() {
        return nodeLines;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
