package org.confmail.server.net;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A connection's bytes under TLS, which asks for the five bytes of a record's header first and then for the record: with this a
 * small record costs one call of the system. What is larger than the small buffer goes past it. Belongs to one thread. Closing
 * does nothing; the socket is closed by whoever owns it.
 */
final class ReadAhead extends InputStream {
    /** A record with a command; each idle connection holds one. */
    private static final int BUFFER_BYTES = 512;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;

    ReadAhead(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (start == end && length >= BUFFER_BYTES) {
            return in.read(into, offset, length);
        }
        if (start == end && length > 0) {
            start = 0;
            end = Math.max(0, in.read(buffer, 0, BUFFER_BYTES));
            if (end == 0) {
                return -1;
            }
        }
        int count = Math.min(length, end - start);
        System.arraycopy(buffer, start, into, offset, count);
        start += count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return end - start + in.available();
    }
}
