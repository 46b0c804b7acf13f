package org.confmail.server.store;

import java.io.IOException;
import java.nio.file.Path;

/** A held block is larger than the memory of this server is meant for. A part of it would be worse than nothing. */
public final class HeldTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    HeldTooLargeException(Path file, long bytesMax) {
        super(
                file + " has more than " + bytesMax
                        + " bytes, the most that this server's memory is meant for. It is left as it is; a larger -Xmx would do");
    }
}
