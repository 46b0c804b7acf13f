package org.confmail.server.upkeep;

import java.util.Map;
import java.util.Optional;
import org.confmail.server.store.StoreKind;

/**
 * What a run of upkeep did.
 *
 * @param counts of the stores that were pruned
 * @param usage where it was asked for, and the run went to its end
 * @param complete false where the run was ended early
 * @param passedOver files and directories about which nothing could be done or told; the log names them
 */
public record Result(
        Map<StoreKind, PruneCounts> counts, Optional<UsageReport> usage, boolean complete, long passedOver) {
    public Result {
        counts = Map.copyOf(counts);
    }

    /** What is to be remembered for long. */
    Result withoutUsage() {
        return new Result(counts, Optional.empty(), complete, passedOver);
    }
}
