package org.confmail.console.configuration;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Saved settings that wait to be kept.
 *
 * @param told when the time is over, by the server's clock
 * @param until the same moment by the clock of this machine, which may go differently
 */
record Awaiting(Instant told, Instant until) {
    /** How long there is still time, in whole seconds, the last one included. */
    Duration left(Instant now) {
        Duration left = Duration.between(now, until);
        return left.isNegative() ? Duration.ZERO : left.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
    }
}
