package org.confmail.server.upkeep;

import java.time.Duration;
import java.util.Optional;

/**
 * What a run of upkeep is to do.
 *
 * @param simulate change nothing, and count what would have been done
 * @param delay pause for each file, to leave the disk to others
 * @param report whether to gather the usage of the local store, as it is after the prune
 */
public record Order(
        boolean pruneLocalStore,
        boolean pruneEntangled,
        boolean simulate,
        Duration delay,
        Optional<ReportOrder> report) {

    /**
     * How usage is counted.
     *
     * @param blockSize of the disk, in bytes, at least 1; sizes of files round up to multiples of it
     */
    public record ReportOrder(long blockSize) {
        public ReportOrder {
            if (blockSize < 1) {
                throw new IllegalArgumentException("block size " + blockSize);
            }
        }
    }
}
