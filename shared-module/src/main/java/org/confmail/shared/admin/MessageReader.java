package org.confmail.shared.admin;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import tools.jackson.databind.JsonNode;

/**
 * Reads messages from a channel, a line each, its length bound before anything is parsed. Belongs to one thread.
 */
public final class MessageReader {
    private static final int BUFFER_BYTES_IDLE = 4096;

    private final ReadableByteChannel channel;
    private final IntPredicate mayGrow;
    private byte[] buffer = new byte[BUFFER_BYTES_IDLE];
    private int start;
    private int end;

    /** @param mayGrow asked before the buffer takes that many bytes; no = {@link TooLong} */
    public MessageReader(ReadableByteChannel channel, IntPredicate mayGrow) {
        this.channel = channel;
        this.mayGrow = mayGrow;
    }

    /**
     * The next message, or empty at the end.
     *
     * @throws AdminException {@link AdminError#PARSE} when a line is no JSON value within bounds; the next line may be read
     * @throws TooLong when a line is too long; nothing more can be read
     * @throws EOFException when the channel ends within a line
     */
    public Optional<JsonNode> next() throws IOException, AdminException {
        int looked = 0;
        while (true) {
            int lineEnd = find(start + looked);
            if (lineEnd >= 0) {
                int from = start;
                start = lineEnd + 1;
                return Optional.of(AdminJson.parse(buffer, from, lineEnd - from));
            }
            looked = end - start;
            if (!fill()) {
                if (looked > 0) {
                    throw new EOFException("the connection ended within a line");
                }
                return Optional.empty();
            }
        }
    }

    /** Gives memory back between messages. Returns whether there was much to give. */
    public boolean idle() {
        if (start == end && buffer.length > BUFFER_BYTES_IDLE) {
            buffer = new byte[BUFFER_BYTES_IDLE];
            start = 0;
            end = 0;
            return true;
        }
        return false;
    }

    private int find(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            int size = Math.min(2 * buffer.length, AdminJson.MESSAGE_BYTES_MAX + 1);
            if (end > AdminJson.MESSAGE_BYTES_MAX || !mayGrow.test(size)) {
                throw new TooLong();
            }
            buffer = Arrays.copyOf(buffer, size);
        }
        int count = channel.read(ByteBuffer.wrap(buffer, end, buffer.length - end));
        end += Math.max(0, count);
        return count >= 0;
    }

    /** A line beyond the bound. */
    public static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("a message may have at most " + AdminJson.MESSAGE_BYTES_MAX
                    + " bytes, and only a few clients may send one of over 64 KiB at a time");
        }
    }
}
