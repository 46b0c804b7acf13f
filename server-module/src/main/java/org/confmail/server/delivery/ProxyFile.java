package org.confmail.server.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file of the queue that goes to one or more targets, with an {@link Entry} for each. Its monitor is held while the file is
 * rewritten or deleted after a delivery, because two targets may be done at the same time.
 */
final class ProxyFile {
    private final Optional<Instant> embargo;
    private final Instant from;
    private List<Entry> entries = List.of();

    /**
     * A file that was queued at {@code queued}.
     *
     * @param date the block's own; where it has none, or one after it was queued, its age counts from when it was queued, so
     *     that no block stays for ever
     */
    ProxyFile(Optional<Instant> embargo, Optional<Instant> date, Instant queued) {
        this.embargo = embargo;
        this.from = date.filter(queued::isAfter).orElse(queued);
    }

    /** Set once, before anybody else sees this. */
    void entries(List<Entry> all) {
        entries = List.copyOf(all);
    }

    /** The entries of all targets, those that were delivered among them. */
    List<Entry> entries() {
        return entries;
    }

    Optional<Instant> embargo() {
        return embargo;
    }

    /** Whether it is to be discarded: PROTOCOL section 8. An embargo is waited for, and then judged like any other age. */
    boolean expired(Instant now, Duration expiry) {
        if (embargo.isEmpty()) {
            return older(from, now, expiry);
        }
        Instant end = embargo.get();
        return !now.isBefore(end) && (older(from, end, expiry) || older(end.isAfter(from) ? end : from, now, expiry));
    }

    private static boolean older(Instant from, Instant to, Duration limit) {
        return Duration.between(from, to).compareTo(limit) > 0;
    }
}
