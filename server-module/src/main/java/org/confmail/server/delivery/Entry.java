package org.confmail.server.delivery;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import org.confmail.server.block.Key;
import org.jspecify.annotations.Nullable;

/**
 * One delivery that is to be made: a file of the queue for one target. Tens of thousands of these are held, so it keeps what
 * its order needs and no more. What changes belongs to the {@link TargetQueue} and is guarded by the {@link Backlog}'s lock.
 */
final class Entry {
    /** The order of delivery within a lane. */
    static final Comparator<Entry> ORDER =
            Comparator.<Entry>comparingLong(entry -> entry.micros).thenComparing(entry -> entry.name);

    private final Key name;
    private final long micros;
    private final long bytes;
    private final Lane lane;
    private final @Nullable Key subject;
    private final @Nullable ProxyFile proxy;
    private final Target target;

    private Place place = Place.NEW;
    private @Nullable Setback setback;

    /** Where an entry stands in its target's queue. */
    enum Place {
        NEW,
        /** May leave. */
        READY,
        /** In the hands of a session. */
        SENDING,
        /** Was taken by the other side; its file is still there. */
        SENT,
        /** Waits for a point in time. */
        LATER,
        /** Waits for another entry that could not be delivered. */
        BEHIND,
        /** Delivered, discarded, deleted, or replaced by its equal. */
        GONE
    }

    /**
     * @param name of the file
     * @param queued the file's modification time
     * @param bytes the size of the file
     * @param subject what other entries may have to wait for: the key of a data block, or {@link #subject} of an account change
     * @param proxy what it shares with the entries of other targets; null for the replication partner
     */
    Entry(
            Key name,
            Instant queued,
            long bytes,
            Lane lane,
            @Nullable Key subject,
            @Nullable ProxyFile proxy,
            Target target) {
        this.name = name;
        this.micros = ChronoUnit.MICROS.between(Instant.EPOCH, queued);
        this.bytes = bytes;
        this.lane = lane;
        this.subject = subject;
        this.proxy = proxy;
        this.target = target;
    }

    Key name() {
        return name;
    }

    Instant queued() {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    long bytes() {
        return bytes;
    }

    Lane lane() {
        return lane;
    }

    @Nullable
    Key subject() {
        return subject;
    }

    @Nullable
    ProxyFile proxy() {
        return proxy;
    }

    Target target() {
        return target;
    }

    Place place() {
        return place;
    }

    @Nullable
    Setback setback() {
        return setback;
    }

    void move(Place to) {
        place = to;
    }

    void setBack(Setback why) {
        setback = why;
        place = Place.LATER;
    }

    int failures() {
        return setback == null ? 0 : setback.failures();
    }

    /** When it is tried again. Only where it stands {@link Place#LATER}. */
    Instant due() {
        return Objects.requireNonNull(setback).due();
    }
}
