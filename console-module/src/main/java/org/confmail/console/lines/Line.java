package org.confmail.console.lines;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A line.
 *
 * @param time when, to the millisecond
 * @param source who speaks; may be empty
 * @param thread the thread that speaks; may be empty
 * @param connection the client's connection that it is about, if it is about one; 0 = sessions that the server opened
 * @param text what it says; a stack trace follows on lines of its own
 */
public record Line(Instant time, Mark mark, String source, String thread, OptionalLong connection, String text) {

    /** A remark of the console's own, which every filter lets pass. */
    public static Line note(Instant time, String text) {
        return new Line(time, Mark.NOTE, "", "", OptionalLong.empty(), text);
    }

    /** What it says without its stack trace. */
    public String firstLine() {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
