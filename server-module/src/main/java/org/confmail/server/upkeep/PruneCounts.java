package org.confmail.server.upkeep;

import java.util.Map;
import org.confmail.server.block.BlockType;

/**
 * What a prune of one store has seen and done; in a simulation, what it would have done.
 *
 * @param types what there is of every type
 * @param unknown files that are no block of a known type, and were left alone
 * @param leftOvers temporary files of interrupted writes that were deleted
 * @param leftOverBytes how many bytes they had
 * @param failed files and directories about which nothing could be done; the log names them
 */
public record PruneCounts(
        Map<BlockType, TypeCounts> types, long unknown, long leftOvers, long leftOverBytes, long failed) {
    public PruneCounts {
        types = Map.copyOf(types);
    }

    /** What there is of one type. */
    public TypeCounts of(BlockType type) {
        return types.getOrDefault(type, TypeCounts.NONE);
    }

    /** All types together. */
    public TypeCounts total() {
        return types.values().stream().reduce(TypeCounts.NONE, TypeCounts::plus);
    }

    /**
     * The blocks of one type.
     *
     * @param seen files that were looked at
     * @param deleted files that were deleted
     * @param trimmed files that were written anew without some of their entries
     * @param entries announcements or claims that went, with their files or without
     * @param bytes by how much the store has become smaller
     */
    public record TypeCounts(long seen, long deleted, long trimmed, long entries, long bytes) {
        static final TypeCounts NONE = new TypeCounts(0, 0, 0, 0, 0);

        TypeCounts plus(TypeCounts other) {
            return new TypeCounts(
                    seen + other.seen,
                    deleted + other.deleted,
                    trimmed + other.trimmed,
                    entries + other.entries,
                    bytes + other.bytes);
        }
    }
}
