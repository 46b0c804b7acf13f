package org.confmail.server.session;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A client's bytes, counted. */
final class CountedInput extends FilterInputStream {
    private final SessionState state;

    CountedInput(InputStream in, SessionState state) {
        super(in);
        this.state = state;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b >= 0) {
            state.countReceived(1);
        }
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count > 0) {
            state.countReceived(count);
        }
        return count;
    }
}
