package org.confmail.server.session;

/** A block as it came in behind a command, as far as its lines go. */
sealed interface Posted {

    /** A text block, read to its end: its lines, each with LF. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Text(byte[] lines) implements Posted {}

    /**
     * A data block of which only the header was read.
     *
     * @param header the lines before the Data line, each with LF
     * @param length how many bytes follow on the connection, at least 1
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Data(byte[] header, long length) implements Posted {}

    /** Read to its end, and nothing to keep: empty or oversized. Answered DONE (PROTOCOL section 2). */
    record Dropped(String reason) implements Posted {}

    /** Read to its end, and refused with FAILED: it carries a header of the queues (PROTOCOL section 2). */
    record Forbidden(String reason) implements Posted {}
}
