package org.confmail.server.net;

import java.util.List;

/** Looks up the TXT records of names. Safe for use by many threads. */
@FunctionalInterface
public interface TxtRecords {
    /** Blocks the calling thread, for a bounded time. */
    Answer of(String name);

    /** What came of it. */
    sealed interface Answer {}

    /**
     * The name exists.
     *
     * @param texts the first character-string of each record, one character a byte, without control characters; may be none
     */
    record Found(List<String> texts) implements Answer {}

    /** There is no such name. */
    record NoName() implements Answer {}

    /**
     * Nobody knows.
     *
     * @param reason for the log
     */
    record Failed(String reason) implements Answer {}
}
