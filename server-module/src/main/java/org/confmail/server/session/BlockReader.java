package org.confmail.server.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.confmail.server.block.DataLine;
import org.confmail.server.block.ForbiddenHeader;
import org.confmail.server.block.PaddingLine;
import org.confmail.server.block.PostToLine;
import org.confmail.server.log.LineKind;
import org.confmail.server.net.LineReader;
import org.confmail.server.net.Pace;

/**
 * Reads the block behind a STORE or REPLICATE (PROTOCOL section 2). Whatever the client sends, what is read here ends where
 * the block ends, so that the next line is a command; a block too large to be read away closes the connection. Everything in
 * this class runs in the connection's thread.
 */
final class BlockReader {
    /** The largest text block as posted. Existing clients' are a few KiB. */
    static final int TEXT_BYTES_MAX = 1 << 20;
    /** How much of an oversized block is read away, so that a client or peer that sends one gets its DONE. */
    static final long READ_AWAY_BYTES_MAX = 64L << 20;

    private final LineReader in;
    private final Pace pace;
    private final Connection connection;

    BlockReader(LineReader in, Pace pace, Connection connection) {
        this.in = in;
        this.pace = pace;
        this.connection = connection;
    }

    /** Reads a block: a text block to its end, a data block up to its data. Its Post-To lines are dropped. */
    Posted read() throws IOException {
        return read(false);
    }

    /** As {@link #read}, for a block that is to be sent on: its Post-To lines stay. */
    Posted readForProxy() throws IOException {
        return read(true);
    }

    private Posted read(boolean keepPostTo) throws IOException {
        pace.begin();
        ByteArrayOutputStream lines = new ByteArrayOutputStream(512);
        boolean forbidden = false;
        long size = 0;
        long received = 0;
        while (true) {
            String line = in.lineWithinBlock();
            connection.traceReceived(LineKind.BLOCK_LINE, line);
            if (received <= TEXT_BYTES_MAX) {
                pace.moved(line.length()); // what is only read away earns no time
            }
            if (line.equalsIgnoreCase(Reply.END_BLOCK)) {
                pace.end();
                return text(lines, size, forbidden);
            }
            OptionalLong dataLength = DataLine.length(line);
            if (dataLength.isPresent()) {
                return data(lines, size, dataLength.getAsLong(), forbidden);
            }
            received += line.length() + 1; // padding and empty lines too, or they would never end
            if (received > READ_AWAY_BYTES_MAX) {
                throw new EndOfSession("text block over " + READ_AWAY_BYTES_MAX + " bytes");
            }
            byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
            if (PaddingLine.matches(bytes) || (!keepPostTo && PostToLine.matches(bytes))) {
                continue;
            }
            forbidden |= ForbiddenHeader.matches(bytes);
            size += bytes.length + 1;
            if (size <= TEXT_BYTES_MAX) {
                lines.writeBytes(bytes);
                lines.write('\n');
            }
        }
    }

    /** Reads data that nobody wants, within the bound. */
    void readAway(long length) throws IOException {
        byte[] chunk = new byte[(int) Math.min(length, 16384)];
        long left = length;
        while (left > 0) {
            int count = in.read(chunk, 0, (int) Math.min(left, chunk.length));
            pace.moved(count);
            left -= count;
        }
        pace.end();
    }

    private Posted text(ByteArrayOutputStream lines, long size, boolean forbidden) {
        if (forbidden) {
            return new Posted.Forbidden("it has a header of the queues");
        }
        if (size == 0) {
            return new Posted.Dropped("empty");
        }
        if (size > TEXT_BYTES_MAX) {
            return new Posted.Dropped("text of " + size + " bytes, over " + TEXT_BYTES_MAX);
        }
        return new Posted.Text(lines.toByteArray());
    }

    private Posted data(ByteArrayOutputStream lines, long headerSize, long length, boolean forbidden)
            throws IOException {
        if (length > READ_AWAY_BYTES_MAX) {
            throw new EndOfSession("data block of " + length + " bytes announced");
        }
        if (forbidden) {
            readAway(length);
            return new Posted.Forbidden("it has a header of the queues");
        }
        if (length == 0) {
            return new Posted.Dropped("empty data");
        }
        if (headerSize > TEXT_BYTES_MAX) {
            readAway(length);
            return new Posted.Dropped("header of " + headerSize + " bytes, over " + TEXT_BYTES_MAX);
        }
        return new Posted.Data(lines.toByteArray(), length);
    }
}
