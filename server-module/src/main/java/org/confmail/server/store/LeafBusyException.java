package org.confmail.server.store;

import java.io.IOException;

/** A leaf could not be locked in time. Nothing was written; the client is told FAILED and may try again. */
public final class LeafBusyException extends IOException {
    LeafBusyException(Leaf leaf, String why) {
        super("no lock on " + leaf.directory() + " within " + LeafLocks.PATIENCE.toSeconds() + " s: " + why);
    }
}
