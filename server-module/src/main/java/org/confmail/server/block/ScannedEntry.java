package org.confmail.server.block;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a stored text block, valid or not: an announcement, a claim, or the only one of the other types.
 *
 * @param from where its first line begins, in bytes from the start of the block
 * @param to where its last line that is not blank ends, its LF included
 * @param date the first one in it, where that is a stamp
 * @param owner whom it belongs to: the Recipient of an announcement, the Keyid of a claim
 * @param name of its owner: the Address of a claim, the Userid of a key-announcement
 * @param dataBlocks the data blocks that it announces, some of them more than once if they are named so
 */
public record ScannedEntry(
        long from, long to, Optional<Instant> date, Optional<Key> owner, Optional<String> name, List<Key> dataBlocks) {
    public ScannedEntry {
        dataBlocks = List.copyOf(dataBlocks);
    }
}
