package org.confmail.server.session;

import java.io.IOException;

/** The disk or a lock failed, not the connection: the client is told FAILED, and the session goes on. */
final class StoreFailure extends Exception {
    StoreFailure(IOException cause) {
        super(cause);
    }

    /** What the disk said. */
    String reason() {
        Throwable cause = getCause();
        return cause == null ? "" : cause.toString();
    }
}
