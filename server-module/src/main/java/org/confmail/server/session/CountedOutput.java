package org.confmail.server.session;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes to a client, counted. */
final class CountedOutput extends FilterOutputStream {
    private final SessionState state;

    CountedOutput(OutputStream out, SessionState state) {
        super(out);
        this.state = state;
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        state.countSent(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length); // the superclass would write them one by one
        state.countSent(length);
    }
}
