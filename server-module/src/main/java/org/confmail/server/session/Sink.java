package org.confmail.server.session;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the bytes of a block go as they arrive, and the first failure of it: after that they go nowhere, and are read all the same,
 * because the next command stands behind them. Belongs to the connection's thread.
 *
 * @param <U> what takes them
 */
final class Sink<U extends Closeable> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("store");

    private final Writing<U> writing;
    private final Object place;
    private @Nullable U upload;
    private @Nullable IOException failure;

    /** @param place for the log */
    Sink(Opening<U> opening, Writing<U> writing, Object place) {
        this.writing = writing;
        this.place = place;
        try {
            upload = opening.open();
        } catch (IOException e) {
            failure = e;
        }
    }

    void write(byte[] piece, int count) {
        if (upload == null || failure != null) {
            return;
        }
        try {
            writing.write(upload, piece, 0, count);
        } catch (IOException e) {
            failure = e;
        }
    }

    /**
     * What took the bytes, which has all of them.
     *
     * @throws StoreFailure where something failed
     */
    U upload() throws StoreFailure {
        if (failure != null) {
            throw new StoreFailure(failure);
        }
        if (upload == null) {
            throw new IllegalStateException();
        }
        return upload;
    }

    /** A failure here comes after the answer was decided: what was placed is durable, what was not is deleted. */
    @Override
    public void close() {
        if (upload == null) {
            return;
        }
        try {
            upload.close();
        } catch (IOException e) {
            LOG.warn("closing a temporary file in {}: {}", place, e.toString());
        }
    }

    /** Makes what takes the bytes. */
    @FunctionalInterface
    interface Opening<U> {
        U open() throws IOException;
    }

    /** Writes a piece. */
    @FunctionalInterface
    interface Writing<U> {
        void write(U upload, byte[] bytes, int offset, int count) throws IOException;
    }
}
