package org.confmail.server.delivery;

import java.nio.charset.StandardCharsets;
import org.confmail.server.account.Account;
import org.confmail.server.block.Key;

/** The leading header lines of an entry in the send queue, each kind in the reference format (PROTOCOL section 8). */
sealed interface QueueEntry {

    /** The lines, each with its LF. */
    byte[] header();

    /** A block for the replication partner; the block follows the header. */
    record Replication(Key key, String user) implements QueueEntry {
        @Override
        public byte[] header() {
            return lines("StoreType: replicate", "StoreKeyid: " + key, "LoginUser: " + user);
        }
    }

    /** An account change for the replication partner; nothing follows the header. */
    record AccountChange(Account account) implements QueueEntry {
        @Override
        public byte[] header() {
            return lines(
                    "StoreType: replicate",
                    "Replogin-User: " + account.user(),
                    "Replogin-Auth: " + account.key().text());
        }
    }

    private static byte[] lines(String... lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
