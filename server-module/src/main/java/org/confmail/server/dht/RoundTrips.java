package org.confmail.server.dht;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long contacts take to answer, and so how long it pays to wait for each: its mean and four times its mean deviation, as
 * TCP does. Belongs to the loop.
 */
final class RoundTrips {
    /** An unknown contact is waited for so long before we know the network; then as for the others. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(1);
    /** Below this the operating system's own delays decide. */
    private static final Duration PATIENCE_MIN = Duration.ofMillis(150);
    /** More than a lookup should wait for any single contact. */
    private static final Duration PATIENCE_MAX = Duration.ofMillis(2500);
    /** As many contacts as a busy node talks to within an hour, a hundred bytes each. */
    private static final int CONTACTS_MAX = 2048;

    private static final double MEAN_GAIN = 1.0 / 8;
    private static final double DEVIATION_GAIN = 1.0 / 4;
    private static final int DEVIATIONS = 4;

    private final Map<InetSocketAddress, Estimate> estimates = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Estimate> eldest) {
            return size() > CONTACTS_MAX;
        }
    };
    private final Estimate all = new Estimate();

    /**
     * A contact has answered.
     *
     * @param roundTrip since the request was sent for the first time
     * @param sentOnce whether it was sent only once; or else the time says little about other contacts
     */
    void measured(InetSocketAddress address, Duration roundTrip, boolean sentOnce) {
        double millis = roundTrip.toNanos() / 1e6;
        estimates.computeIfAbsent(address, _ -> new Estimate()).add(millis);
        if (sentOnce || all.isEmpty()) {
            all.add(millis);
        }
    }

    /** How long to wait for this contact's answer before it counts as slow. */
    Duration patience(InetSocketAddress address) {
        Estimate estimate = estimates.getOrDefault(address, all);
        if (estimate.isEmpty()) {
            return FIRST_PATIENCE;
        }
        Duration patience = Duration.ofNanos((long) (estimate.bound() * 1e6));
        return patience.compareTo(PATIENCE_MIN) < 0
                ? PATIENCE_MIN
                : patience.compareTo(PATIENCE_MAX) > 0 ? PATIENCE_MAX : patience;
    }

    /** Mean and mean deviation of what was measured last, in milliseconds. */
    private static final class Estimate {
        private double mean = -1;
        private double deviation;

        boolean isEmpty() {
            return mean < 0;
        }

        void add(double millis) {
            if (isEmpty()) {
                mean = millis;
                deviation = millis / 2;
            } else {
                deviation += DEVIATION_GAIN * (Math.abs(millis - mean) - deviation);
                mean += MEAN_GAIN * (millis - mean);
            }
        }

        double bound() {
            return mean + DEVIATIONS * deviation;
        }
    }
}
