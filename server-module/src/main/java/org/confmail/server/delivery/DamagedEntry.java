package org.confmail.server.delivery;

import java.util.Objects;

/** A file in the queue that is no entry, or not a whole one; the message says why, and holds nothing of its content. */
final class DamagedEntry extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedEntry(String reason) {
        super(reason);
    }

    String reason() {
        return Objects.requireNonNull(getMessage());
    }
}
