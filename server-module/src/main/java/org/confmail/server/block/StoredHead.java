package org.confmail.server.block;

import java.time.Instant;
import java.util.Optional;

/** What the beginning of a stored file says about it. PROTOCOL section 6. */
public sealed interface StoredHead {

    /** As many bytes of a file as are looked at; no block is accepted that could not be told by them. */
    int BYTES_MAX = 64 * 1024;

    /** Why nothing is merged with a {@link Foreign} file. */
    String FOREIGN = "held is a certificate record of the old server";

    /** A text block; the file is its text. The date is the first one in it, where that is a stamp. */
    record Text(BlockType type, Optional<Instant> date) implements StoredHead {}

    /**
     * A data block with all its bytes.
     *
     * @param headerBytes where the {@code Data} line begins
     * @param dataOffset where the bytes begin, in bytes from the start of the file
     * @param length how many they are: up to the end of the file
     */
    record Data(Optional<Instant> date, int headerBytes, int dataOffset, long length) implements StoredHead {}

    /** A certificate record of the old server: never served, merged or replaced. PROTOCOL section 9. */
    record Foreign() implements StoredHead {}

    /** No block: torn or damaged. A valid block may replace it. */
    record Unreadable(String reason) implements StoredHead {}

    /**
     * Reads the beginning of a stored file.
     *
     * @param first the whole file, or at least its first {@value #BYTES_MAX} bytes
     * @param fileBytes the size of the file
     */
    static StoredHead read(byte[] first, long fileBytes) {
        return new StoredHeadReader(first, fileBytes).read();
    }
}
