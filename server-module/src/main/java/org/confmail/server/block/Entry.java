package org.confmail.server.block;

import java.time.Instant;

/**
 * One valid announcement or claim among those that share a key: where its text lies, and what decides when it meets another.
 *
 * @param source shared with others, never written to
 * @param id of two entries with the same id the newer one is kept: the hash of the message, or the key that claims
 */
@SuppressWarnings("ArrayRecordComponent") // a view of the source, never compared
record Entry(byte[] source, int from, int to, Key id, Instant date) {

    int length() {
        return to - from;
    }
}
