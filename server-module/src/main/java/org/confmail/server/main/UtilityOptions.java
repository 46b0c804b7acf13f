package org.confmail.server.main;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the storage utility is to do, as the command line has it (PROTOCOL section 14).
 *
 * @param delay pause for each file
 * @param blockSize to which the report rounds sizes up, in bytes
 * @param total whether reports end with a row of totals
 * @param notNeeded options of the old utility that were given and change nothing
 */
record UtilityOptions(
        Path home,
        Optional<Path> html,
        Optional<Path> csv,
        Optional<Path> tab,
        boolean pruneEntangled,
        boolean pruneLocalStore,
        boolean simulate,
        Duration delay,
        long blockSize,
        boolean total,
        List<String> notNeeded) {
    /** That of the disks for which the old utility was written. */
    static final int BLOCK_SIZE_DEFAULT = 512;

    static final int BLOCK_SIZE_MAX = 1 << 30;
    /** A minute for each file; more is a slip of the finger. */
    static final int DELAY_MILLIS_MAX = 60_000;

    UtilityOptions {
        notNeeded = List.copyOf(notNeeded);
    }

    boolean reports() {
        return html.isPresent() || csv.isPresent() || tab.isPresent();
    }
}
