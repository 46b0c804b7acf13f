package org.confmail.server.delivery;

import java.time.Instant;
import org.confmail.server.block.Key;

/**
 * An entry that was deleted from the queue and can be brought back.
 *
 * @param file the name that its file had in the queue
 * @param removed when, to the second
 * @param bytes of that file
 */
public record RemovedEntry(Key file, Instant removed, long bytes) {}
