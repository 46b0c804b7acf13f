package org.confmail.server.notify;

import org.confmail.server.block.Key;

/** Is told of mail that a client has left here. Used by many threads. */
@FunctionalInterface
public interface Notifications {
    /** New mail for {@code recipient} was stored. Returns at once, and never fails. */
    void stored(Key recipient);
}
