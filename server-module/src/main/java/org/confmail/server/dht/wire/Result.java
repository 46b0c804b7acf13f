package org.confmail.server.dht.wire;

import java.util.List;
import org.confmail.server.block.Key;

/** What a response holds. PROTOCOL section 10. */
public sealed interface Result {
    /** The answer to a ping. */
    Text PONG = new Text("pong");
    /** The answer to a store. */
    Text OK = new Text("OK");

    /** A short text, one byte a character. */
    record Text(String text) implements Result {}

    /** The closest nodes that the asked one knows; those that can't be reached by any address are left out. */
    record Contacts(List<Contact> contacts) implements Result {
        public Contacts {
            contacts = List.copyOf(contacts);
        }
    }

    /**
     * The value that was looked for.
     *
     * @param bytes the block in its stored form; not copied, and nobody changes it
     */
    @SuppressWarnings("ArrayRecordComponent") // up to megabytes, handed from one owner to the next
    record Value(Key key, byte[] bytes) implements Result {}
}
