package org.confmail.console.configuration;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.confmail.shared.config.ConfigDocument;

/**
 * Saved settings that wait to be kept.
 *
 * @param told when the time is over, by the server's clock
 * @param until the same moment by the clock of this machine, which may go differently
 * @param trial the settings themselves, if they are known here
 */
record Awaiting(Instant told, Instant until, Optional<ConfigDocument> trial) {
    /** How long there is still time, in whole seconds, the last one included. */
    Duration left(Instant now) {
        Duration left = Duration.between(now, until);
        return left.isNegative() ? Duration.ZERO : left.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
    }
}
