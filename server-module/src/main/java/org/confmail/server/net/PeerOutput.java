package org.confmail.server.net;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes lines and raw bytes to a peer, gathered so that one answer is one TLS record where it fits. Nothing leaves before
 * {@link #flush} or a full buffer. Everything in this class runs in the connection's thread.
 */
public final class PeerOutput {
    private static final int BUFFER_BYTES_IDLE = 512;
    /** What one TLS record holds. */
    private static final int BUFFER_BYTES_MAX = 16384;

    private OutputStream out;
    private byte[] buffer = new byte[BUFFER_BYTES_IDLE];
    private int size;

    public PeerOutput(OutputStream out) {
        this.out = out;
    }

    /** Writes a line, one byte a character (ISO-8859-1), and its CR LF. */
    public void line(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        write(bytes, 0, bytes.length);
        crLf();
    }

    /** Writes text whose lines end in LF with lines that end in CR LF. A last line without an end gets none either. */
    public void text(byte[] text, int offset, int length) throws IOException {
        int from = offset;
        int stop = offset + length;
        for (int i = offset; i < stop; i++) {
            if (text[i] == '\n') {
                write(text, from, i - from);
                crLf();
                from = i + 1;
            }
        }
        write(text, from, stop - from);
    }

    /** Writes raw bytes. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > BUFFER_BYTES_MAX - size || length == BUFFER_BYTES_MAX) {
            flushBuffer();
            if (length >= BUFFER_BYTES_MAX) {
                out.write(bytes, offset, length);
                return;
            }
        }
        if (length > buffer.length - size) {
            buffer = Arrays.copyOf(buffer, Math.min(BUFFER_BYTES_MAX, Math.max(2 * buffer.length, size + length)));
        }
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
    }

    /** Sends what was written. */
    public void flush() throws IOException {
        flushBuffer();
        out.flush();
    }

    /** Goes on with the stream of the same connection inside TLS. */
    public void continueWith(OutputStream encrypted) {
        out = encrypted;
    }

    /** Gives memory back while the connection waits for its next command. */
    public void idle() {
        if (size == 0 && buffer.length > BUFFER_BYTES_IDLE) {
            buffer = new byte[BUFFER_BYTES_IDLE];
        }
    }

    private void crLf() throws IOException {
        if (BUFFER_BYTES_MAX - size < 2) {
            flushBuffer();
        }
        if (buffer.length - size < 2) {
            buffer = Arrays.copyOf(buffer, Math.min(BUFFER_BYTES_MAX, 2 * buffer.length));
        }
        buffer[size++] = '\r';
        buffer[size++] = '\n';
    }

    private void flushBuffer() throws IOException {
        if (size > 0) {
            out.write(buffer, 0, size);
            size = 0;
        }
    }
}
