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
 */
public record Result(Map<StoreKind, PruneCounts> counts, Optional<UsageReport> usage, boolean complete) {
    public Result {
        counts = Map.copyOf(counts);
    }
}
