package org.confmail.server.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A leaf could not be locked in time, or what is in it was always being written. Nothing was written by this server; the client
 * is told FAILED and may try again.
 */
public final class LeafBusyException extends IOException {
    private LeafBusyException(String message) {
        super(message);
    }

    static LeafBusyException locked(Leaf leaf, String why) {
        return new LeafBusyException(
                "no lock on " + leaf.directory() + " within " + LeafLocks.PATIENCE.toSeconds() + " s: " + why);
    }

    static LeafBusyException writtenAgainAndAgain(Path block) {
        return new LeafBusyException(block + " changes again and again");
    }
}
