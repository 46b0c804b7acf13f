package org.confmail.server.dht.wire;

import java.time.Duration;
import java.util.Optional;
import org.confmail.server.block.Key;

/** What a request asks for: one of the five methods, or something that gets an error. PROTOCOL section 10. */
public sealed interface Query {

    /** Are you there? Answer: {@link Result#PONG}. */
    record Ping() implements Query {}

    /**
     * Keep this. Answer: {@link Result#OK}.
     *
     * @param value the block in its stored form; not copied, and nobody changes it
     * @param publisher the node that first published the value; empty = the sender
     * @param age the time since then, in whole seconds, not negative
     */
    @SuppressWarnings("ArrayRecordComponent") // up to megabytes, handed from one owner to the next
    record Store(Key key, byte[] value, Optional<Key> publisher, Duration age) implements Query {
        public Store {
            if (age.isNegative()) {
                throw new IllegalArgumentException("a value's age is " + age);
            }
        }
    }

    /** Which nodes that you know are the closest to this key? */
    record FindNode(Key key) implements Query {}

    /** The value of this key, or else the closest nodes. */
    record FindValue(Key key) implements Query {}

    /** Deletes nothing and answers like {@link FindNode}. */
    record Delete(Key key) implements Query {}

    /**
     * A method that is not in the protocol. Its arguments are not kept.
     *
     * @param method its name, one byte a character, of any characters: for the answer, not for the log
     */
    record Unknown(String method) implements Query {}

    /**
     * A known method with the wrong number of arguments, which are not kept.
     *
     * @param given how many there were
     */
    record WrongArguments(String method, int given) implements Query {}
}
