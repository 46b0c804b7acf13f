package org.confmail.server.dht;

import java.util.Optional;

/**
 * What a lookup of a block came to, for people to look at.
 *
 * @param block in its stored form; empty where nobody has it
 * @param hops how many nodes led to it, one naming the next; 0 where it is held here, or nowhere
 */
public record Trace(Optional<byte[]> block, int hops, PastLookup way) {}
