package org.confmail.server.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.confmail.server.block.Announcements;
import org.confmail.server.block.BlockType;
import org.confmail.server.block.StoredHead;
import org.confmail.server.log.LineKind;
import org.confmail.server.net.Pace;
import org.confmail.server.store.StoredFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a stored block as the answer to a GET, piece by piece, so that no size of block or mailbox takes memory. Everything
 * in this class runs in the connection's thread.
 */
final class BlockSender {
    private static final Logger LOG = LoggerFactory.getLogger("session");

    /** How much is read from the file at once. */
    private static final int PIECE_BYTES = 64 * 1024;
    /** What is handed to TLS at once: a full record. */
    private static final int RECORD_BYTES = 16384;

    private static final byte[] SEPARATOR = "NextMessage\n".getBytes(StandardCharsets.ISO_8859_1);

    private final Connection connection;
    private final Pace pace;

    BlockSender(Connection connection, Pace pace) {
        this.connection = connection;
        this.pace = pace;
    }

    /**
     * Sends the block, or what of it is dated {@code since} or later. Returns false, with nothing sent, where nothing is
     * left.
     */
    boolean send(StoredFile file, Optional<Instant> since) throws IOException {
        pace.begin();
        return switch (file.head()) {
            case StoredHead.Data data -> {
                sendData(file, data);
                yield true;
            }
            case StoredHead.Text text
            when since.isPresent() && text.type() == BlockType.MESSAGE_ANNOUNCEMENT -> sendSince(file, since.get());
            case StoredHead.Text text -> {
                sendText(file);
                yield true;
            }
            case StoredHead.Foreign foreign -> false;
            case StoredHead.Unreadable unreadable -> false;
        };
    }

    /**
     * Sends a block from memory, or what of it is dated {@code since} or later. Returns false, with nothing sent, where
     * nothing is left.
     *
     * @param block in its stored form
     */
    boolean send(byte[] block, Optional<Instant> since) throws IOException {
        pace.begin();
        return switch (StoredHead.read(block, block.length)) {
            case StoredHead.Data data -> {
                writeText(block, 0, data.dataOffset());
                writeData(block, data.dataOffset(), block.length);
                connection.out().flush();
                yield true;
            }
            case StoredHead.Text text
            when since.isPresent() && text.type() == BlockType.MESSAGE_ANNOUNCEMENT -> {
                Optional<byte[]> kept = Announcements.since(block, since.get());
                if (kept.isPresent()) {
                    sendText(kept.get());
                }
                yield kept.isPresent();
            }
            case StoredHead.Text _ -> {
                sendText(block);
                yield true;
            }
            case StoredHead.Foreign _, StoredHead.Unreadable _ -> false;
        };
    }

    private void sendText(byte[] text) throws IOException {
        writeText(text, 0, text.length);
        if (text[text.length - 1] != '\n') {
            connection.out().line("");
        }
        end();
    }

    /** How long a slow peer may still have to read what was sent last, before it can send its next command. */
    Duration unread() {
        return pace.left();
    }

    private void sendData(StoredFile file, StoredHead.Data data) throws IOException {
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, file.size())];
        read(file, 0, piece, 0, data.dataOffset());
        writeText(piece, 0, data.dataOffset());
        long position = data.dataOffset();
        while (position < file.size()) {
            int count = (int) Math.min(piece.length, file.size() - position);
            read(file, position, piece, 0, count);
            writeData(piece, 0, count);
            position += count;
        }
        connection.out().flush();
    }

    private void writeData(byte[] bytes, int from, int to) throws IOException {
        for (int sent = from; sent < to; sent += RECORD_BYTES) {
            int record = Math.min(RECORD_BYTES, to - sent);
            pace.moved(record);
            connection.out().write(bytes, sent, record);
        }
    }

    private void sendText(StoredFile file) throws IOException {
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, file.size())];
        long position = 0;
        while (position < file.size()) {
            int count = (int) Math.min(piece.length, file.size() - position);
            read(file, position, piece, 0, count);
            writeText(piece, 0, count);
            position += count;
        }
        end();
    }

    /** Filters a mailbox in pieces that end between two announcements; a piece grows where one announcement fills it. */
    private boolean sendSince(StoredFile file, Instant since) throws IOException {
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, file.size())];
        int filled = 0;
        long position = 0;
        boolean any = false;
        while (position < file.size()) {
            int count = (int) Math.min(piece.length - filled, file.size() - position);
            read(file, position, piece, filled, count);
            filled += count;
            position += count;
            int cut = position == file.size() ? filled : lastSeparator(piece, filled);
            if (cut < 0) {
                if (piece.length > 2 * BlockReader.TEXT_BYTES_MAX) {
                    throw new EndOfSession("an announcement in a stored mailbox is larger than any that was accepted");
                }
                piece = Arrays.copyOf(piece, 2 * piece.length);
                continue;
            }
            Optional<byte[]> kept = Announcements.since(Arrays.copyOf(piece, cut), since);
            if (kept.isPresent()) {
                if (any) {
                    writeText(SEPARATOR, 0, SEPARATOR.length);
                }
                any = true;
                byte[] text = kept.get();
                writeText(text, 0, text.length);
                if (text[text.length - 1] != '\n') {
                    connection.out().line("");
                }
            }
            int next = Math.min(filled, cut + SEPARATOR.length);
            System.arraycopy(piece, next, piece, 0, filled - next);
            filled -= next;
        }
        if (any) {
            end();
        }
        return any;
    }

    /** Reads from the file. What fails here is the disk, and part of the block may be on its way: nothing else can be answered. */
    private void read(StoredFile file, long position, byte[] into, int offset, int length) throws EndOfSession {
        try {
            file.read(position, into, offset, length);
        } catch (IOException e) {
            LOG.error(
                    "connection {}: cannot read on in a stored block: {}. The connection was closed.",
                    connection.number(),
                    e.toString());
            throw new EndOfSession("a stored block could not be read");
        }
    }

    private void end() throws IOException {
        connection.traceSent(LineKind.ANSWER, Reply.END_BLOCK);
        connection.out().line(Reply.END_BLOCK);
        connection.out().flush();
    }

    private void writeText(byte[] text, int offset, int length) throws IOException {
        if (connection.traced()) {
            new String(text, offset, length, StandardCharsets.ISO_8859_1)
                    .lines()
                    .forEach(line -> connection.traceSent(LineKind.BLOCK_LINE, line));
        }
        for (int sent = 0; sent < length; sent += RECORD_BYTES) {
            int record = Math.min(RECORD_BYTES, length - sent);
            pace.moved(record);
            connection.out().text(text, offset + sent, record);
        }
    }

    /** Where the last separator line begins, or -1. */
    private static int lastSeparator(byte[] text, int length) {
        for (int i = length - SEPARATOR.length; i > 0; i--) {
            if (text[i - 1] == '\n' && Arrays.equals(text, i, i + SEPARATOR.length, SEPARATOR, 0, SEPARATOR.length)) {
                return i;
            }
        }
        return -1;
    }
}
