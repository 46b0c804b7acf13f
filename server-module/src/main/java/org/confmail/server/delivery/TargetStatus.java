package org.confmail.server.delivery;

import java.time.Instant;
import java.util.Optional;

/**
 * How the delivery to one target stands, at one moment.
 *
 * @param entries how many wait
 * @param bytes of the files that wait
 * @param oldest when the oldest one was queued
 * @param failures sessions that failed in a row
 * @param nextAttempt when something is tried next; in the past where it only waits for its turn
 * @param trouble why the last session failed; empty after a success
 * @param delivered how many entries have been delivered since the server started, or since the target was last new
 */
public record TargetStatus(
        Target target,
        State state,
        int entries,
        long bytes,
        Optional<Instant> oldest,
        int failures,
        Optional<Instant> nextAttempt,
        Optional<Trouble> trouble,
        long delivered) {

    /** What is being done. */
    public enum State {
        /** Nothing waits. */
        IDLE,
        /** A session is open, or being opened. */
        SENDING,
        /** It waits for its time or its turn. */
        WAITING,
        /** An operator has stopped it. */
        HELD,
        /** Entries for the replication partner wait, and config.txt names none. */
        NO_PARTNER
    }
}
