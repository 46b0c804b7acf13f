package org.confmail.console.lines;

import static org.confmail.console.text.Texts.text;

import java.util.List;
import java.util.Locale;

/** What a line is: how bad, or which way it went. */
public enum Mark {
    DEBUG,
    INFO,
    WARNING,
    ERROR,
    /** From the other side. */
    IN,
    /** To the other side. */
    OUT,
    /** What happens beside the lines of a protocol. */
    EVENT,
    /** No line of the server but a remark of the console's own, such as that lines are missing. */
    NOTE;

    /** The levels of a log, the least bad first. */
    public static final List<Mark> LEVELS = List.of(DEBUG, INFO, WARNING, ERROR);

    /** The ways of traffic. */
    public static final List<Mark> WAYS = List.of(IN, OUT, EVENT);

    /** The word for it. */
    public String word() {
        return text("lines.mark." + style());
    }

    /** Its style class. */
    String style() {
        return name().toLowerCase(Locale.ROOT);
    }
}
