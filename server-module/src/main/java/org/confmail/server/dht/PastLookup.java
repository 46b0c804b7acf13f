package org.confmail.server.dht;

import java.time.Duration;
import java.util.List;
import org.confmail.server.block.Key;

/**
 * A lookup, for people to look at.
 *
 * @param crowded whether it met more nodes around its target than there can be by chance
 * @param steps the nodes it asked, in the order in which they answered or were given up
 */
public record PastLookup(
        Key target, boolean running, boolean crowded, int asked, Duration duration, List<LookupStep> steps) {
    static PastLookup of(Lookup lookup) {
        return new PastLookup(
                lookup.target(),
                !lookup.hasEnded(),
                lookup.isCrowded(),
                lookup.asked(),
                lookup.duration(),
                lookup.steps());
    }
}
