package org.confmail.shared.config;

import java.time.Duration;
import java.util.List;

/**
 * How long to wait before a server that could not be reached is tried again.
 *
 * @param delays at least one; the last one repeats
 */
public record RetrySchedule(List<Duration> delays) {
    /** @throws IllegalArgumentException when there is no delay, or a negative one */
    public RetrySchedule {
        delays = List.copyOf(delays);
        if (delays.isEmpty() || delays.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("a retry schedule has one or more delays, none of them negative");
        }
    }

    /**
     * The wait after this many failures in a row.
     *
     * @throws IndexOutOfBoundsException when {@code failures} is negative
     */
    public Duration delayAfter(int failures) {
        return delays.get(Math.min(failures, delays.size() - 1));
    }
}
