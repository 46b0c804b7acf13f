package org.confmail.server.store;

import java.io.IOException;

/** There is no room for another held block, nor for a longer one. */
public final class HeldFullException extends IOException {
    private static final long serialVersionUID = 1L;

    HeldFullException() {
        super("no room for more blocks of other nodes");
    }
}
