package org.confmail.server.dht;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.confmail.server.block.Key;

/**
 * The blocks that a node holds, and the rules for what it may hold. Safe for use by many threads; calls may block and compute
 * for a while, so the loop makes none of them.
 */
interface Held {

    /** What is held under {@code key}, in its stored form. */
    Optional<byte[]> find(Key key) throws IOException;

    /** How many bytes that is, nearly; 0 where nothing is held. Costs less than reading it. */
    long bytes(Key key);

    /** What would become of a value that somebody offers; changes nothing. */
    Offer offer(Key key, byte[] value) throws IOException;

    /** Takes a value that somebody has published into what is held, and notes that it was published now. */
    Kept keep(Key key, byte[] value, Origin origin) throws IOException;

    /** Notes that what is held was published now. */
    void published(Key key) throws IOException;

    /** Walks over all that is held. */
    Walk walk();

    /** Who first published a block, and when. */
    record Origin(Key publisher, Instant published) {}

    /** What becomes of a value that is offered. */
    sealed interface Offer {
        /** The reason is for the log. */
        record Invalid(String reason) implements Offer {}

        /** What is held is as new or newer. */
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Unchanged(byte[] held) implements Offer {}

        /** The value, merged with what is held. */
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Changed(byte[] value) implements Offer {}
    }

    /** What became of a value that was to be kept. */
    sealed interface Kept {
        record Stored() implements Kept {}

        record Unchanged() implements Kept {}

        /** The reason is for the log. */
        record Refused(String reason) implements Kept {}

        /** There is no room for it; what is held stays. */
        record Full() implements Kept {}
    }

    /** A walk over what is held, a step at a time; belongs to one thread at a time. */
    interface Walk extends Closeable {
        Step next() throws IOException;
    }

    /** One step of a walk; each takes bounded time. */
    sealed interface Step {
        /** A block that nobody has published within the last hour. */
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Due(Key key, byte[] value, Origin origin) implements Step {}

        /** A block was too old and is no longer held. */
        record Expired(Key key) implements Step {}

        /** Nothing to do so far. */
        record More() implements Step {}

        /** The walk has ended. */
        record End(long held) implements Step {}
    }
}
