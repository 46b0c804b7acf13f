package org.confmail.server.dht;

import java.time.Duration;
import org.confmail.server.dht.wire.Contact;

/**
 * One node that a lookup asked.
 *
 * @param hop 1 for a node that was known before, 2 for one that such a node named, and so on
 * @param sharedBits how many leading bits its id shares with the key that is looked up
 * @param time from the request to the answer, or until it was given up
 */
public record LookupStep(Contact contact, int hop, int sharedBits, What what, Duration time) {
    /** What came of it. */
    public enum What {
        ANSWERED,
        VALUE,
        FAILED
    }
}
