package org.confmail.server.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines and raw bytes of a peer, the line's bound checked first. Lines end in LF or CR LF and are given as ISO-8859-1,
 * one character a byte, without their end. Everything in this class runs in the connection's thread.
 *
 * <p>The buffer starts small, grows with a line or a busy connection and never beyond one line's bound, because thousands of
 * idle connections each hold one.
 */
public final class LineReader {
    /** The longest line, without its end (PROTOCOL section 2). */
    public static final int LINE_BYTES_MAX = 16384;

    private static final int BUFFER_BYTES_IDLE = 512;
    private static final int BUFFER_BYTES_MAX = LINE_BYTES_MAX + 2;

    private InputStream in;
    private byte[] buffer = new byte[BUFFER_BYTES_IDLE];
    private int start;
    private int end;

    public LineReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next line, or null where the peer closed the connection between two lines.
     *
     * @throws EOFException if it closed within a line
     * @throws LineTooLongException if there is no line end within {@value #LINE_BYTES_MAX} bytes
     */
    public @Nullable String line() throws IOException {
        int looked = 0;
        while (true) {
            int newLine = findNewLine(start + looked);
            if (newLine >= 0) {
                return take(newLine);
            }
            looked = end - start;
            if (looked > LINE_BYTES_MAX + 1) {
                throw new LineTooLongException();
            }
            if (!fill()) {
                if (looked == 0) {
                    return null;
                }
                throw new EOFException("the peer closed the connection within a line");
            }
        }
    }

    /** As {@link #line}, where the peer must not close. */
    public String lineWithinBlock() throws IOException {
        String line = line();
        if (line == null) {
            throw new EOFException("the peer closed the connection within a block");
        }
        return line;
    }

    /**
     * Reads at least one and at most {@code length} raw bytes.
     *
     * @throws EOFException if the peer closed the connection
     */
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = Math.min(length, end - start);
        if (count > 0) {
            System.arraycopy(buffer, start, into, offset, count);
            start += count;
            return count;
        }
        count = in.read(into, offset, length);
        if (count < 0) {
            throw new EOFException("the peer closed the connection within the data of a block");
        }
        return count;
    }

    /** Whether bytes have come that nobody has read yet. */
    public boolean hasBuffered() {
        return end > start;
    }

    /**
     * Goes on with the stream of the same connection inside TLS.
     *
     * @throws IllegalStateException if bytes of the old stream are unread
     */
    public void continueWith(InputStream encrypted) {
        if (hasBuffered()) {
            throw new IllegalStateException("plain text behind STARTTLS");
        }
        in = encrypted;
    }

    /** Gives memory back while the connection waits for its next command. */
    public void idle() {
        if (!hasBuffered() && buffer.length > BUFFER_BYTES_IDLE) {
            buffer = new byte[BUFFER_BYTES_IDLE];
            start = 0;
            end = 0;
        }
    }

    private int findNewLine(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private String take(int newLine) throws LineTooLongException {
        int stop = newLine > start && buffer[newLine - 1] == '\r' ? newLine - 1 : newLine;
        if (stop - start > LINE_BYTES_MAX) {
            throw new LineTooLongException();
        }
        String line = new String(buffer, start, stop - start, StandardCharsets.ISO_8859_1);
        start = newLine + 1;
        return line;
    }

    private boolean fill() throws IOException {
        if (start == end) {
            start = 0;
            end = 0;
        } else if (end == buffer.length && start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(BUFFER_BYTES_MAX, buffer.length * 4));
        }
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            return false;
        }
        end += count;
        return true;
    }
}
