package org.confmail.server.block;

import java.time.Instant;

/**
 * One valid announcement: where its text lies, and what decides when it meets another.
 *
 * @param source shared with others, never written to
 */
@SuppressWarnings("ArrayRecordComponent") // a view of the source, never compared
record Announcement(byte[] source, int from, int to, Key messageHash, Instant date) {

    int length() {
        return to - from;
    }
}
