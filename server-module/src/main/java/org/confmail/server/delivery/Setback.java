package org.confmail.server.delivery;

import java.time.Instant;

/**
 * Why an entry does not leave now.
 *
 * @param failures how often it was tried in vain
 * @param due when it is tried again
 * @param words what happened, for an operator
 */
record Setback(int failures, Instant due, String words) {
    static Setback embargo(Instant end) {
        return new Setback(0, end, "embargo");
    }
}
