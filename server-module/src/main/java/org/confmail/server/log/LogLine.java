package org.confmail.server.log;

import java.time.Instant;
import org.slf4j.event.Level;

/**
 * A line of the log, with the lines of its stack trace.
 *
 * @param part the part of the server that speaks, by its logger's name
 * @param text the message on one line, as it stands in the log; a stack trace follows on lines of its own
 */
public record LogLine(Instant time, Level level, String part, String thread, String text) {
    /** A stack trace with many causes may be endless; the log file has all of it. */
    static final int CHARACTERS_MAX = 8192;
}
