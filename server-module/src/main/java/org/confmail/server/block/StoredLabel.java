package org.confmail.server.block;

import java.time.Instant;
import java.util.Optional;

/**
 * What decides how long a stored block is kept, whether it is whole or damaged.
 *
 * @param type empty where there is none that is known
 * @param date the first one in it, where that is a stamp
 * @param certain whether more bytes of the file would change nothing
 */
public record StoredLabel(Optional<BlockType> type, Optional<Instant> date, boolean certain) {

    /** The label of what is no block. */
    public static final StoredLabel NONE = new StoredLabel(Optional.empty(), Optional.empty(), true);

    /**
     * Reads the beginning of a stored block.
     *
     * @param first the whole block, or as much of its beginning as is at hand; beyond {@link StoredHead#BYTES_MAX} nothing is
     *     looked at
     * @param blockBytes the size of the block
     */
    public static StoredLabel read(byte[] first, long blockBytes) {
        return new StoredHeadReader(first, blockBytes).label();
    }
}
