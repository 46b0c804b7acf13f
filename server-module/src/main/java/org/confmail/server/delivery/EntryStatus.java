package org.confmail.server.delivery;

import java.time.Instant;
import java.util.Optional;
import org.confmail.server.block.Key;

/**
 * One entry of a target, at one moment.
 *
 * @param file the name of its file in the queue
 * @param bytes of that file
 * @param failures how often it was refused
 * @param nextAttempt when it is tried again; empty where it may go, or waits for another entry
 * @param reason why it waits, in words
 */
public record EntryStatus(
        Key file,
        Lane lane,
        Instant queued,
        long bytes,
        int failures,
        Optional<Instant> nextAttempt,
        Optional<String> reason) {

    static EntryStatus of(Entry entry) {
        Setback setback = entry.setback();
        boolean later = entry.place() == Entry.Place.LATER;
        Optional<String> reason = entry.place() == Entry.Place.BEHIND
                ? Optional.of("waits for an entry that could not be delivered yet")
                : Optional.ofNullable(setback).map(Setback::words);
        return new EntryStatus(
                entry.name(),
                entry.lane(),
                entry.queued(),
                entry.bytes(),
                entry.failures(),
                later ? Optional.of(entry.due()) : Optional.empty(),
                reason);
    }
}
