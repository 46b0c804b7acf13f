package org.confmail.server.upkeep;

import java.time.Instant;
import java.util.Optional;
import org.confmail.server.block.BlockType;
import org.confmail.server.block.Limits;

/**
 * Which blocks and entries are too old, by the limits of one store and the moment at which a walk over it began. What is dated
 * ahead stays: if it is this machine's clock that is wrong, and not the date, nothing must be lost by it.
 */
record Ageing(Limits limits, Instant now) {

    /** Whether something of this date goes; without a date it does. */
    boolean isOver(BlockType type, Optional<Instant> date) {
        return date.isEmpty() || limits.isExpired(type, date.get(), now);
    }
}
