package org.confmail.server.block;

import java.time.Instant;
import java.util.Optional;

/** The text of a mailbox: announcements separated by {@code NextMessage} lines. PROTOCOL section 3. */
public final class Announcements {

    private Announcements() {}

    /**
     * What GET … SINCE answers (PROTOCOL section 2): the announcements that are dated {@code since} or later, or not dated.
     * Empty if there are none.
     */
    public static Optional<byte[]> since(byte[] mailbox, Instant since) {
        if (mailbox.length == 0) { // to come
            return Optional.empty();
        }
        throw new UnsupportedOperationException();
    }
}
