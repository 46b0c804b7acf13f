package org.confmail.server.dht.wire;

import org.confmail.server.block.Key;

/** What one node sends to another. PROTOCOL section 10. */
public sealed interface Message {

    /** The id that the asking node chose; the answer repeats it. */
    Key messageId();

    /** The id of the node that sends this message. */
    Key sender();

    /** A question. */
    record Request(Key messageId, Key sender, Query query) implements Message {}

    /** The answer to a request of the same message id. */
    record Response(Key messageId, Key sender, Result result) implements Message {}

    /**
     * What an asked node says when it can't answer.
     *
     * @param type name of a Python exception; one byte a character
     * @param text for people, one byte a character; shortened when it is long
     */
    record Failure(Key messageId, Key sender, String type, String text) implements Message {}
}
